// The permanent log of a session: a hash chain over canonical entries, so that nobody can change what was done without it
// showing. Written in the transaction of the command, under the session's lock.
import { createHash } from 'node:crypto';
import {
  auditInput,
  type BesideEvent,
  firstAuditInput,
  type HeldEvent,
  type LoggedEvent,
  type SessionEvent,
  toHeld,
  toLogged,
} from '@attune/domain';
import type { Tx } from '../db/client.ts';
import { insertAuditEntry, lastSequence } from './audit.store.ts';
import { insertHeld } from './held.store.ts';
import { holdingFor, openingOf } from './hold.ts';
import type { StoredSession } from './stored-session.ts';

/** What a log entry tells, beside who and when: what commands did, how the session began, and which devices opened a place. */
export type AuditEvent = SessionEvent | BesideEvent;

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** The head of an empty chain: the hash of the session's id, so that no two sessions share a chain. */
export const firstAuditHead = (sessionId: string): Uint8Array => sha256(firstAuditInput(sessionId));

interface Made {
  /** Of who caused it, as the log has it. */
  readonly byName: string;
  readonly events: readonly (LoggedEvent | BesideEvent | HeldEvent)[];
}

/** Appends the events; returns the state with its new head. */
export async function appendAudit(
  tx: Tx,
  stored: StoredSession,
  events: readonly AuditEvent[],
  byMemberId: string | null,
  now: string,
): Promise<StoredSession> {
  if (events.length === 0) return stored;
  const { organisationId, proof } = stored;
  const sessionId = stored.session.id;
  const made =
    proof === 1 ? sayAll(stored, events, byMemberId) : await holdAll(tx, stored, events, byMemberId);
  const { byName } = made;
  let sequence = await lastSequence(tx, organisationId, sessionId);
  let head = stored.auditHead;
  for (const event of made.events) {
    sequence += 1;
    const entry = { sequence, at: now, byMemberId, byName, event };
    head = sha256(auditInput(proof, head, entry));
    await insertAuditEntry(tx, organisationId, { ...entry, sessionId, hash: head });
  }
  return { ...stored, auditHead: head };
}

/** As logs of version 1 have it: names and texts as they are. */
function sayAll({ names }: StoredSession, events: readonly AuditEvent[], byMemberId: string | null): Made {
  return { byName: (byMemberId && names.get(byMemberId)) || '', events: events.map(say) };
}

function say(event: AuditEvent): LoggedEvent | BesideEvent {
  switch (event.type) {
    case 'created':
    case 'device-allowed':
    case 'place-entered':
    case 'place-disowned':
      return event;
    default:
      return toLogged(event);
  }
}

/** As logs of version 2 have it: by their hashes, with the values beside the log. */
async function holdAll(
  tx: Tx,
  stored: StoredSession,
  events: readonly AuditEvent[],
  byMemberId: string | null,
): Promise<Made> {
  const named = events.flatMap((event) => [
    ...('memberId' in event ? [event.memberId] : []),
    ...(event.type === 'handed-over' || event.type === 'taken-over' ? [event.to] : []),
  ]);
  const opening = events.some(({ type }) => type === 'scoring-started') ? await openingOf(tx, stored) : null;
  const by = byMemberId === null ? [] : [byMemberId];
  const { holding, made } = await holdingFor(tx, stored, [...by, ...named], opening);
  const name = byMemberId === null ? '' : holding.nameOf(byMemberId);
  const byName = name === '' ? '' : holding.hold(name, 'name', byMemberId).held;
  const held = events.map((event) => toHeld(event, holding));
  await insertHeld(tx, stored.organisationId, stored.session.id, made);
  return { byName, events: held };
}
