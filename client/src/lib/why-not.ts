// Why a session cannot take its next step yet: the domain's own decision over what everyone sees, so that a button says what
// the server would.
import type { ParticipantView, SessionView } from '@attune/contract';
import { decide, isRevealed, type Participant, type Refusal, type Session } from '@attune/domain';

function participantOf({ id, memberId, late, state, submittedAt, reason }: ParticipantView): Participant {
  switch (state) {
    case 'scoring':
      return { id, memberId, late, state };
    case 'submitted':
      return { id, memberId, late, state, submittedAt: submittedAt ?? '' };
    case 'excused':
      return { id, memberId, late, state, reason: reason ?? '', excusedAt: '' };
  }
}

type View = Pick<SessionView, 'shared' | 'detail'>;

/** The session as the domain has it; `null` from review on, where a view does not say which notes are blank. */
function sessionOf({ shared, detail }: View): Session | null {
  const { status } = shared;
  if (isRevealed(status)) return null;
  return {
    id: shared.id,
    status,
    facilitatorId: shared.facilitator.memberId,
    settings: detail.settings,
    scorecard: detail.scorecard,
    participants: shared.participants.map(participantOf),
    observers: [],
    lobby: [],
    putOut: [],
    names: shared.names,
  };
}

/**
 * The refusal that starting to score, or revealing, would meet; `null` when it would be done, and in every other status:
 * resolving is the meeting's question.
 */
export function whyNotNext(view: View): Refusal | null {
  const session = sessionOf(view);
  if (!session || session.status === 'closed') return null;
  const decision = decide(session, { type: 'advance', from: session.status }, '');
  return decision.ok ? null : decision.refusal;
}

/** Whether this participant can be excused just now (C7). */
export function mayExcuse(view: View, participantId: string): boolean {
  const session = sessionOf(view);
  return session !== null && decide(session, { type: 'excuse', participantId, reason: '-' }, '').ok;
}
