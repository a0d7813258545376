// The permanent log of a session: a hash chain over canonical entries, so that nobody can change what was done without it
// showing. Written in the transaction of the command, under the session's lock.
import { createHash } from 'node:crypto';
import { auditInput, firstAuditInput, type LoggedEvent } from '@attune/domain';
import type { Tx } from '../db/client.ts';
import { insertAuditEntry, lastSequence } from './audit.store.ts';
import type { StoredSession } from './stored-session.ts';

/** What a log entry tells, beside who and when: the domain's events, the session's creation, and which devices opened a place. */
export type AuditEvent =
  | LoggedEvent
  | { readonly type: 'created'; readonly name: string }
  | {
      readonly type: 'device-allowed';
      readonly participantId: string;
      /** Such as "Safari on iPhone". */
      readonly device: string;
    }
  /** `further`: with a browser that the place did not know. */
  | {
      readonly type: 'place-entered';
      readonly participantId: string;
      readonly device: string;
      readonly further: boolean;
      /** Where somebody else had reset the account since the session was made, and this sign-in came after it. */
      readonly reset?: { readonly at: string; readonly by: string };
    }
  /** Its owner said of an entry that it was not them. */
  | {
      readonly type: 'place-disowned';
      readonly participantId: string;
      readonly device: string;
      readonly enteredAt: string;
      readonly afresh: boolean;
    };

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** The head of an empty chain: the hash of the session's id, so that no two sessions share a chain. */
export const firstAuditHead = (sessionId: string): Uint8Array => sha256(firstAuditInput(sessionId));

/** Appends the events; returns the state with its new head. */
export async function appendAudit(
  tx: Tx,
  stored: StoredSession,
  events: readonly AuditEvent[],
  byMemberId: string | null,
  now: string,
): Promise<StoredSession> {
  const { organisationId } = stored;
  const sessionId = stored.session.id;
  let sequence = await lastSequence(tx, organisationId, sessionId);
  let head = stored.auditHead;
  const byName = (byMemberId && stored.names.get(byMemberId)) || '';
  for (const event of events) {
    sequence += 1;
    head = sha256(auditInput(head, { sequence, at: now, byMemberId, byName, event }));
    await insertAuditEntry(tx, organisationId, {
      sessionId,
      sequence,
      at: now,
      byMemberId,
      byName,
      event,
      hash: head,
    });
  }
  return { ...stored, auditHead: head };
}
