// Why a session cannot take its next step yet: the domain's own decision over what everyone sees, so that a button says what
// the server would.
import type { ParticipantView, SessionView } from '@attune/contract';
import { decide, type Participant, type Refusal, type Session } from '@attune/domain';

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

/**
 * The refusal that starting to score, or revealing, would meet; `null` when it would be done, and in every other status.
 * Resolving is the meeting's question: only it knows which notes say something.
 */
export function whyNotNext({ shared, detail }: Pick<SessionView, 'shared' | 'detail'>): Refusal | null {
  const { status } = shared;
  if (status !== 'draft' && status !== 'scoring') return null;
  const session: Session = {
    id: shared.id,
    status,
    facilitatorId: shared.facilitator.memberId,
    settings: detail.settings,
    scorecard: detail.scorecard,
    participants: shared.participants.map(participantOf),
  };
  const decision = decide(session, { type: 'advance', from: status }, '');
  return decision.ok ? null : decision.refusal;
}
