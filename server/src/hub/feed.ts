// Hints for lists (rooms `feed/{memberId}`): that something changed about a session, to whoever may see it, and to whoever could
// see it before. Never what changed.
import { encodeMessage, messageType } from '@attune/contract';
import { type Actor, maySession, type SessionSubject } from '@attune/domain';
import { Groups } from './groups.ts';
import type { Occupant } from './occupant.ts';

/** Sessions whose last known subject is kept, so that those who lose it from sight are told. */
const mostRemembered = 5_000;

export class Feed {
  readonly #inOrganisation = new Groups<string, Occupant>();
  readonly #ofMember = new Groups<string, Occupant>();
  readonly #known = new Map<string, SessionSubject>();

  join(occupant: Occupant): void {
    this.#inOrganisation.add(occupant.actor.organisationId, occupant);
    this.#ofMember.add(occupant.actor.memberId, occupant);
  }

  leave(occupant: Occupant): void {
    this.#inOrganisation.delete(occupant.actor.organisationId, occupant);
    this.#ofMember.delete(occupant.actor.memberId, occupant);
  }

  /** Whether anyone of the organisation listens. */
  hasListenersIn(organisationId: string): boolean {
    return this.#inOrganisation.of(organisationId).size > 0;
  }

  /** The member, where they listen by a sign-in of their own; `null` where not. */
  listenerOf(memberId: string): Actor | null {
    for (const { actor } of this.#ofMember.of(memberId)) if (actor.limit === null) return actor;
    return null;
  }

  /** How many of the member's notifications are unread now. A sign-in limited to a session has no inbox. */
  announceUnread(memberId: string, unread: number): void {
    const frame = encodeMessage(messageType.inbox, { unread });
    for (const { actor, connection } of this.#ofMember.of(memberId))
      if (actor.limit === null && connection.announced) connection.send(frame);
  }

  /** @param subject as of change `number`; `null` where the session is gone */
  announce(organisationId: string, sessionId: string, number: number, subject: SessionSubject | null): void {
    const before = this.#known.get(sessionId) ?? null;
    this.#known.delete(sessionId);
    if (subject) this.#known.set(sessionId, subject);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= mostRemembered) break;
      this.#known.delete(oldest);
    }
    const frame = encodeMessage(messageType.hint, { sessionId, number });
    for (const { actor, connection } of this.#inOrganisation.of(organisationId)) {
      if (!connection.announced) continue;
      // Who could see it before is not known for a session unchanged since the start: someone who waits in its lobby must
      // still hear that the wait is over.
      const couldKnow = before
        ? mayKnow(actor, before)
        : actor.limit?.sessionId === sessionId || (!subject && seesAll(actor));
      if (mayKnow(actor, subject) || couldKnow) connection.send(frame);
    }
  }
}

const mayKnow = (actor: Actor, subject: SessionSubject | null) =>
  subject !== null &&
  (maySession(actor, 'session.read', subject) || maySession(actor, 'session.wait', subject));

/** Whoever sees every session of the organisation: for one that is gone, and whose scope nobody remembers. */
const seesAll = ({ access, permissions }: Actor) =>
  access.kind === 'organisation' && permissions.includes('calibration.manage');
