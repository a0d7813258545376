// A second vote on one question during review (C13): sealed again, revealed together. The first answers stay as they are; the
// board does not change. Votes themselves are never here before their reveal: only who has voted.
import { type Answer, checkAnswer } from '../answer.ts';
import type { Board, BoardQuestion } from '../board.ts';
import { buildRound } from '../build-board.ts';
import { toHex } from '../canonical.ts';
import { questionsOf } from '../scorecard.ts';
import type { Command } from './command.ts';
import { accept, type Decision, needsStatus, refuse, wrongStatus } from './decision.ts';
import type { FactsOf } from './facts.ts';
import type { Refusal } from './refusal.ts';
import { fewestParticipants, openRevote, type Participant, type Revote, type Session } from './state.ts';

/** Whether someone's vote is asked for: whoever was put out is not waited for (C13). */
const isAsked = ({ putOut }: Pick<Session, 'putOut'>, { state, memberId }: Participant): boolean =>
  state === 'submitted' && !putOut.includes(memberId);

/** Participants who may vote and have not yet. */
export function waitingForVotes(session: Pick<Session, 'participants' | 'putOut'>, revote: Revote): string[] {
  return session.participants
    .filter((participant) => isAsked(session, participant) && !revote.votedIds.includes(participant.id))
    .map(({ id }) => id);
}

/** The re-vote as it stands, where it can be voted on or ended. */
function openOf(session: Session, revoteId: string): Revote | Refusal {
  if (session.status !== 'review') return needsStatus(session, 'review');
  const revote = session.revotes.find(({ id }) => id === revoteId);
  return revote?.state === 'open' ? revote : { code: 'no-open-revote' };
}

/** Asks everyone again; the meeting's focus moves to the question. */
export function open(
  session: Session,
  { questionId }: Command<'open-revote'>,
  { revoteId }: FactsOf<'open-revote'>,
  now: string,
): Decision {
  if (session.status !== 'review') return wrongStatus(session, 'review');
  const question = questionsOf(session.scorecard).find(({ id }) => id === questionId);
  if (!question) return refuse({ code: 'unknown-question', questionId });
  if (question.type === 'text') return refuse({ code: 'question-not-voted', questionId });
  const other = openRevote(session.revotes);
  if (other) return refuse({ code: 'revote-open', questionId: other.questionId });
  const before = session.revotes.filter((revote) => revote.questionId === questionId).length;
  return accept({ type: 'revote-opened', revoteId, questionId, round: before + 2, openedAt: now });
}

export function vote(
  session: Session,
  { memberId, revoteId, answer }: Command<'vote'>,
  { sealed, signedInAt }: FactsOf<'vote'>,
  now: string,
): Decision {
  const revote = openOf(session, revoteId);
  if ('code' in revote) return refuse(revote);
  const participant = session.participants.find((one) => one.memberId === memberId);
  if (!participant) return refuse({ code: 'not-a-participant' });
  if (!isAsked(session, participant)) return refuse({ code: 'excused' });
  const question = questionsOf(session.scorecard).find(({ id }) => id === revote.questionId);
  if (!question || checkAnswer(question, answer) !== null)
    return refuse({ code: 'illegal-vote', questionId: revote.questionId });
  const commitment = toHex(sealed.commitment);
  return accept({
    type: 'voted',
    revoteId,
    participantId: participant.id,
    commitment,
    sealed,
    signedInAt,
    votedAt: now,
  });
}

/** Asked before a vote is opened, and again by the round's reveal. */
export function whyNotRevealRevote(
  session: Session,
  { revoteId, without }: Command<'reveal-revote'>,
): Refusal | null {
  const revote = openOf(session, revoteId);
  if ('code' in revote) return revote;
  const waitingFor = waitingForVotes(session, revote);
  if (waitingFor.some((id) => !without.includes(id))) return { code: 'not-all-voted', waitingFor };
  const have = revote.votedIds.length;
  return have < fewestParticipants ? { code: 'too-few-votes', have, need: fewestParticipants } : null;
}

export function reveal(
  session: Session,
  command: Command<'reveal-revote'>,
  { votes, numbers }: FactsOf<'reveal-revote'>,
  now: string,
): Decision {
  const no = whyNotRevealRevote(session, command);
  if (no) return refuse(no);
  const revote = openOf(session, command.revoteId);
  if ('code' in revote) return refuse(revote);
  const { id: revoteId, questionId } = revote;
  const without = waitingForVotes(session, revote);
  return accept({ type: 'revote-revealed', revoteId, questionId, without, votes, numbers, revealedAt: now });
}

export function cancel(session: Session, command: Command<'cancel-revote'>): Decision {
  const revote = openOf(session, command.revoteId);
  if ('code' in revote) return refuse(revote);
  return accept({ type: 'revote-cancelled', revoteId: revote.id, questionId: revote.questionId });
}

/**
 * The numbers of a second round, by the same rules as the board's. While names are hidden for everybody, the first answer of whoever
 * did not vote stands in: the letter that was missing would else give them away, with all their first answers (C13).
 *
 * @param board of the first round
 * @throws where the session has no such re-vote
 */
export function secondRound(
  session: Session,
  board: Board,
  revoteId: string,
  votes: readonly { readonly participantId: string; readonly answer: Answer }[],
): BoardQuestion {
  const revote = 'revotes' in session ? session.revotes.find(({ id }) => id === revoteId) : undefined;
  if (!revote) throw new Error('a second round of a re-vote the session does not have');
  const { questionId } = revote;
  const first = board.questions.find((question) => question.questionId === questionId)?.answers ?? [];
  const standsIn = session.names === 'hidden';
  const given = session.participants.flatMap(({ id }) => {
    const answer =
      votes.find(({ participantId }) => participantId === id)?.answer ??
      (standsIn ? first.find(({ participantId }) => participantId === id)?.answer : null);
    return answer ? [{ participantId: id, answer }] : [];
  });
  const { thresholdHundredths } = session.settings;
  const numbers = buildRound({ scorecard: session.scorecard, thresholdHundredths }, questionId, given);
  if (!numbers) throw new Error('a re-vote on a question the scorecard does not have');
  return numbers;
}
