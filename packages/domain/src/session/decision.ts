// The two answers a rule gives.
import type { SessionEvent } from './event.ts';
import type { Refusal } from './refusal.ts';
import type { SessionStatus } from './status.ts';

/** What happens because of a command, or why nothing does. Without events nothing has changed. */
export type Decision =
  | { readonly ok: true; readonly events: readonly SessionEvent[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** A no. */
export const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });

/** A yes, with what happened. */
export const accept = (...events: SessionEvent[]): Decision => ({ ok: true, events });

/** Why a command is refused that another status would have to allow. */
export const needsStatus = (
  { status }: { readonly status: SessionStatus },
  ...needs: SessionStatus[]
): Refusal => ({ code: 'wrong-status', status, needs });

/** The no of the same. */
export const wrongStatus = (
  session: { readonly status: SessionStatus },
  ...needs: SessionStatus[]
): Decision => refuse(needsStatus(session, ...needs));
