// The steps of a calibration (C3): forward only, one at a time.

export const sessionStatuses = ['draft', 'scoring', 'review', 'resolved', 'closed'] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

export type RevealedStatus = 'review' | 'resolved' | 'closed';

/** Whether the answers are known to all: from the reveal on. */
export const isRevealed = (status: SessionStatus): status is RevealedStatus =>
  status !== 'draft' && status !== 'scoring';

/** The status one step ahead, `null` when closed. */
export function nextStatus(status: SessionStatus): SessionStatus | null {
  return sessionStatuses[sessionStatuses.indexOf(status) + 1] ?? null;
}

/** The command that leads on from each status. */
export const nextStep = {
  draft: 'start-scoring',
  scoring: 'reveal',
  review: 'resolve',
  resolved: 'close',
} as const satisfies Record<Exclude<SessionStatus, 'closed'>, string>;
