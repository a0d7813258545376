// The security log: one row and one line of the process's log for whatever lets people in, changes what they may do, or takes
// something out. Written in the transaction of what it tells, so that there is neither without the other. Nothing that opens
// anything may be handed in here: no password, token, key or cookie, nor an e-mail address that someone typed and nobody has.
import type { SecurityDetail, SecurityKind } from '@attune/contract';
import type { Caller } from '../caller.ts';
import type { Unit } from '../db/transact.ts';
import type { Logger } from '../ops/log.ts';
import { insertSecurityEvent } from './log.store.ts';

export interface SecurityEvent {
  readonly kind: SecurityKind;
  /** `null` where no organisation is known. */
  readonly organisationId: string | null;
  /** Who did it: a member's id, `null` where nobody was signed in. */
  readonly actorId: string | null;
  readonly caller: Caller | null;
  /** Whom it was done to: a member's id. */
  readonly memberId?: string | null;
  readonly sessionId?: string;
  readonly linkId?: string;
  readonly signInId?: string;
  readonly detail?: SecurityDetail;
}

export interface SecurityDeps {
  readonly log: Pick<Logger, 'info'>;
  readonly now: () => string;
  readonly newId: () => string;
}

/** @param unit the transaction of what is told; the line follows its commit */
export async function logSecurity(
  deps: SecurityDeps,
  { tx, whenCommitted }: Unit,
  { caller, ...event }: SecurityEvent,
): Promise<void> {
  const row = {
    id: deps.newId(),
    at: deps.now(),
    address: caller?.address ?? null,
    device: caller?.device ?? null,
    ...event,
  };
  await insertSecurityEvent(tx, row);
  whenCommitted(() => deps.log.info({ security: row }, 'security'));
}

const openingsToldFor = 60 * 60 * 1_000;
const mostOpenings = 10_000;
/** When an opening was last told, by link, address and person; in this process's memory. */
const openings = new Map<string, number>();

/**
 * The same of a link that was opened: once an hour for one link and address. A link that works may be opened as often as one likes,
 * and must not bury everything else.
 */
export async function logOpening(deps: SecurityDeps, unit: Unit, event: SecurityEvent): Promise<void> {
  const key = [event.kind, event.linkId, event.actorId, event.caller?.address].join(' ');
  const nowMs = Date.parse(deps.now());
  const toldMs = openings.get(key);
  if (toldMs !== undefined && nowMs - toldMs < openingsToldFor) return;
  if (openings.size >= mostOpenings) openings.clear();
  openings.set(key, nowMs);
  await logSecurity(deps, unit, event);
}
