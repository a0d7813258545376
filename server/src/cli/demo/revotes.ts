// The demo's second rounds: after talking, most move to where the group ends, and one or two stay where they were.
import { type Actor, type Answer, type Command, openRevote } from '@attune/domain';
import { transact } from '../../db/transact.ts';
import { findBoard } from '../../sessions/detail.store.ts';
import { type CommandDeps, execute } from '../../sessions/execute.ts';
import { readSession } from '../../sessions/read.ts';

/** A re-vote on the question, revealed. @param agreed where most end @param voters the participants' actors */
export async function voteAgain(
  commands: CommandDeps,
  lead: Actor,
  sessionId: string,
  questionId: string,
  agreed: Answer,
  voters: readonly Actor[],
  chance: () => number,
): Promise<void> {
  const give = async (actor: Actor, command: Command) => {
    const giver = { actor, sessionId, signedInAt: commands.now() };
    const outcome = await transact(commands.db, (unit) => execute(unit, commands, giver, command));
    if (outcome.kind !== 'done') throw new Error('a demo re-vote was refused');
  };
  await give(lead, { type: 'open-revote', questionId });
  const stored = await readSession(commands.db, lead.organisationId, sessionId);
  const revote = stored && 'revotes' in stored.session ? openRevote(stored.session.revotes) : null;
  const board = await findBoard(commands.db, lead.organisationId, sessionId);
  const first = board?.questions.find((question) => question.questionId === questionId);
  if (!stored || !revote || !first) throw new Error('a demo re-vote is not there');
  for (const voter of voters) {
    const own = stored.session.participants.find(({ memberId }) => memberId === voter.memberId);
    if (own?.state !== 'submitted') continue;
    const before = first.answers.find(({ participantId }) => participantId === own.id)?.answer;
    const answer = chance() < 0.75 ? agreed : (before ?? agreed);
    await give(voter, { type: 'vote', memberId: voter.memberId, revoteId: revote.id, answer });
  }
  await give(lead, { type: 'reveal-revote', revoteId: revote.id, without: [] });
}
