// The demo's second rounds: after talking, most move to where the group ends, and one or two stay where they were.
import { type Actor, type Answer, openRevote } from '@attune/domain';
import type { CommandDeps } from '../../sessions/command.service.ts';
import { castVote, revealRevote, startRevote } from '../../sessions/revote.service.ts';
import { loadSession } from '../../sessions/store.ts';

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
  const must = (outcome: { ok: boolean }) => {
    if (!outcome.ok) throw new Error('a demo re-vote was refused');
  };
  must(await startRevote(commands, lead, sessionId, questionId));
  const stored = await loadSession(commands.db, lead.organisationId, sessionId);
  const revote = stored && 'revotes' in stored.session ? openRevote(stored.session.revotes) : null;
  const first = stored?.board?.questions.find((question) => question.questionId === questionId);
  if (!stored || !revote || !first) throw new Error('a demo re-vote is not there');
  for (const voter of voters) {
    const own = stored.session.participants.find(({ memberId }) => memberId === voter.memberId);
    if (own?.state !== 'submitted') continue;
    const before = first.answers.find(({ participantId }) => participantId === own.id)?.answer;
    const answer = chance() < 0.75 ? agreed : (before ?? agreed);
    must(
      await castVote(commands, voter, sessionId, { revoteId: revote.id, answer, signedInAt: commands.now() }),
    );
  }
  must(await revealRevote(commands, lead, sessionId, revote.id, []));
}
