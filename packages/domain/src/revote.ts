// A second vote on one question during review (C13): sealed again, revealed together. The first answers stay as they are; the
// board does not change. Votes themselves are never here before their reveal: only who has voted.
import { type Answer, checkAnswer } from './answer.ts';
import type { BoardQuestion } from './board.ts';
import { moveFocus } from './discussion.ts';
import type { Commitment } from './proof.ts';
import { questionsOf } from './scorecard.ts';
import {
  accept,
  type Decision,
  fewestParticipants,
  type Participant,
  refuse,
  type Session,
  wrongStatus,
} from './session.ts';

/** One re-vote. `round` counts from 2: the first round is the sealed scoring. */
export type Revote = {
  readonly id: string;
  readonly questionId: string;
  readonly round: number;
  readonly openedAt: string;
  /** Participants who have voted, in the order of their first vote. */
  readonly votedIds: readonly string[];
} & (
  | { readonly state: 'open' }
  | { readonly state: 'revealed'; readonly revealedAt: string; readonly numbers: BoardQuestion }
);

export type RevoteCommand =
  | { readonly type: 'open-revote'; readonly revoteId: string; readonly questionId: string }
  | {
      readonly type: 'vote';
      readonly revoteId: string;
      readonly participantId: string;
      readonly answer: Answer;
      /** Hexadecimal; fixes the vote in the log before anyone can see it. */
      readonly commitment: string;
    }
  /** `without`: those the facilitator saw missing; not taken while names are hidden for everybody. `numbers`: computed from the unsealed votes by whoever carries it out. */
  | {
      readonly type: 'reveal-revote';
      readonly revoteId: string;
      readonly without: readonly string[];
      /** `null` where there is no such re-vote. */
      readonly numbers: BoardQuestion | null;
      readonly commitments: readonly Commitment[];
    }
  | { readonly type: 'cancel-revote'; readonly revoteId: string };

export type RevoteEvent =
  | { readonly type: 'revote-opened'; readonly revoteId: string; readonly questionId: string }
  | {
      readonly type: 'voted';
      readonly revoteId: string;
      readonly participantId: string;
      readonly commitment: string;
    }
  | {
      readonly type: 'revote-revealed';
      readonly revoteId: string;
      readonly questionId: string;
      readonly without: readonly string[];
      readonly commitments: readonly Commitment[];
    }
  | { readonly type: 'revote-cancelled'; readonly revoteId: string; readonly questionId: string };

type InReview = Extract<Session, { status: 'review' }>;

/** The one that is open now, `null` when none is. */
export const openRevote = (revotes: readonly Revote[]): Revote | null =>
  revotes.find(({ state }) => state === 'open') ?? null;

/** Whether someone's vote is asked for: whoever was put out is not waited for (C13). */
const isAsked = ({ putOut }: Pick<Session, 'putOut'>, { state, memberId }: Participant): boolean =>
  state === 'submitted' && !putOut.includes(memberId);

/** Participants who may vote and have not yet. */
export function waitingForVotes(session: Pick<Session, 'participants' | 'putOut'>, revote: Revote): string[] {
  return session.participants
    .filter((participant) => isAsked(session, participant) && !revote.votedIds.includes(participant.id))
    .map(({ id }) => id);
}

/**
 * Participants without a vote whose first answer stands in for it. While names are hidden for everybody, someone who was put out
 * would else be known by the letter that is missing, with all their first answers (C13).
 */
export function standingIn({
  participants,
  putOut,
  names,
}: Pick<Session, 'participants' | 'putOut' | 'names'>): string[] {
  if (names !== 'hidden') return [];
  return participants
    .filter(({ state, memberId }) => state === 'submitted' && putOut.includes(memberId))
    .map(({ id }) => id);
}

/** @param now ISO 8601 instant, UTC */
export function decideRevote(session: Session, command: RevoteCommand, now: string): Decision {
  if (session.status !== 'review') return wrongStatus(session, 'review');
  if (command.type === 'open-revote') return open(session, command, now);
  const revote = session.revotes.find(({ id }) => id === command.revoteId);
  if (revote?.state !== 'open') return refuse({ code: 'no-open-revote' });
  switch (command.type) {
    case 'vote':
      return vote(session, revote, command);
    case 'reveal-revote':
      return reveal(session, revote, command, now);
    case 'cancel-revote':
      return accept(
        { ...session, revotes: session.revotes.filter(({ id }) => id !== revote.id) },
        { type: 'revote-cancelled', revoteId: revote.id, questionId: revote.questionId },
      );
  }
}

const replaced = (session: InReview, changed: Revote): InReview => ({
  ...session,
  revotes: session.revotes.map((revote) => (revote.id === changed.id ? changed : revote)),
});

function open(
  session: InReview,
  { revoteId, questionId }: Extract<RevoteCommand, { type: 'open-revote' }>,
  now: string,
): Decision {
  const question = questionsOf(session.scorecard).find(({ id }) => id === questionId);
  if (!question) return refuse({ code: 'unknown-question', questionId });
  if (question.type === 'text') return refuse({ code: 'question-not-voted', questionId });
  const other = openRevote(session.revotes);
  if (other) return refuse({ code: 'revote-open', questionId: other.questionId });
  const before = session.revotes.filter((revote) => revote.questionId === questionId).length;
  const opened: Revote = {
    id: revoteId,
    questionId,
    round: before + 2,
    openedAt: now,
    votedIds: [],
    state: 'open',
  };
  return accept(
    {
      ...session,
      discussion: moveFocus(session.discussion, questionId, now),
      revotes: [...session.revotes, opened],
    },
    { type: 'revote-opened', revoteId, questionId },
  );
}

function vote(
  session: InReview,
  revote: Revote,
  { participantId, answer, commitment }: Extract<RevoteCommand, { type: 'vote' }>,
): Decision {
  const participant = session.participants.find(({ id }) => id === participantId);
  if (!participant) return refuse({ code: 'not-a-participant' });
  if (!isAsked(session, participant)) return refuse({ code: 'excused' });
  const question = questionsOf(session.scorecard).find(({ id }) => id === revote.questionId);
  if (!question || checkAnswer(question, answer) !== null)
    return refuse({ code: 'illegal-vote', questionId: revote.questionId });
  const votedIds = revote.votedIds.includes(participantId)
    ? revote.votedIds
    : [...revote.votedIds, participantId];
  return accept(replaced(session, { ...revote, votedIds }), {
    type: 'voted',
    revoteId: revote.id,
    participantId,
    commitment,
  });
}

function reveal(
  session: InReview,
  revote: Revote,
  { without, numbers, commitments }: Extract<RevoteCommand, { type: 'reveal-revote' }>,
  now: string,
): Decision {
  const waitingFor = waitingForVotes(session, revote);
  // While names are hidden, whoever is missing from the numbers would be known by it, with all their first answers.
  const goesWithout = session.names === 'hidden' ? [] : without;
  if (waitingFor.some((id) => !goesWithout.includes(id)))
    return refuse({ code: 'not-all-voted', waitingFor });
  const have = revote.votedIds.length;
  if (have < fewestParticipants) return refuse({ code: 'too-few-votes', have, need: fewestParticipants });
  if (numbers === null) return refuse({ code: 'no-open-revote' });
  const { id, questionId, round, openedAt, votedIds } = revote;
  return accept(
    replaced(session, {
      id,
      questionId,
      round,
      openedAt,
      votedIds,
      state: 'revealed',
      revealedAt: now,
      numbers,
    }),
    { type: 'revote-revealed', revoteId: id, questionId, without: waitingFor, commitments },
  );
}
