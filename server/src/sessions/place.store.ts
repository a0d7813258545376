// SQL of places (J2): which sign-ins opened them, and what their owners said of one another's browsers.
import type { PlaceAnswer, PlaceEntry } from '@attune/domain';
import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { commandReply, participant, placeAnswer, placeEntry, signIn } from '../db/schema.ts';

type Reader = Database | Tx;

/** Whose place it is: one member's in one session. */
export interface PlaceOf {
  readonly organisationId: string;
  readonly sessionId: string;
  readonly memberId: string;
}

export interface StoredEntry extends PlaceEntry {
  readonly signInId: string;
}

const toHash = (browser: string): Uint8Array => Buffer.from(browser, 'hex');
const ofHash = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const isEntryOf = ({ organisationId, sessionId, memberId }: PlaceOf) =>
  and(
    eq(placeEntry.organisationId, organisationId),
    eq(placeEntry.sessionId, sessionId),
    eq(placeEntry.memberId, memberId),
  );

/** Whether the member takes part in the session at all. */
export async function hasPlace(
  db: Reader,
  { organisationId, sessionId, memberId }: PlaceOf,
): Promise<boolean> {
  const [row] = await db
    .select({ id: participant.id })
    .from(participant)
    .where(
      and(
        eq(participant.organisationId, organisationId),
        eq(participant.sessionId, sessionId),
        eq(participant.memberId, memberId),
      ),
    );
  return row !== undefined;
}

/** Whether the sign-in has opened the place before. */
export async function hasEntered(db: Reader, of: PlaceOf, signInId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: placeEntry.id })
    .from(placeEntry)
    .where(and(isEntryOf(of), eq(placeEntry.signInId, signInId)));
  return row !== undefined;
}

/** The entries of a place, the oldest first. */
export async function listEntries(db: Reader, of: PlaceOf): Promise<StoredEntry[]> {
  const rows = await db
    .select()
    .from(placeEntry)
    .where(isEntryOf(of))
    .orderBy(asc(placeEntry.enteredAt), asc(placeEntry.id));
  return rows.map(({ id, signInId, browserHash, device, enteredAt }) => ({
    id,
    signInId,
    browser: ofHash(browserHash),
    device,
    enteredAt: toIso(enteredAt),
  }));
}

/** Under the session's lock. */
export async function insertEntry(tx: Tx, of: PlaceOf, entry: StoredEntry): Promise<void> {
  const { id, signInId, browser, device, enteredAt } = entry;
  await tx
    .insert(placeEntry)
    .values({ ...of, id, signInId, browserHash: toHash(browser), device, enteredAt });
}

export interface StoredAnswer extends PlaceAnswer {
  readonly id: string;
  readonly bySignInId: string;
  readonly afresh: boolean;
}

/** What the browsers of a place said of one another, the oldest first. */
export async function listAnswers(db: Reader, of: PlaceOf): Promise<StoredAnswer[]> {
  const rows = await db
    .select()
    .from(placeAnswer)
    .where(
      and(
        eq(placeAnswer.organisationId, of.organisationId),
        eq(placeAnswer.sessionId, of.sessionId),
        eq(placeAnswer.memberId, of.memberId),
      ),
    )
    .orderBy(asc(placeAnswer.answeredAt), asc(placeAnswer.id));
  return rows.map(({ id, bySignInId, byBrowserHash, aboutBrowserHash, answer, afresh, answeredAt }) => ({
    id,
    bySignInId,
    by: ofHash(byBrowserHash),
    about: ofHash(aboutBrowserHash),
    answer,
    afresh,
    answeredAt: toIso(answeredAt),
  }));
}

export async function insertAnswer(tx: Tx, of: PlaceOf, said: StoredAnswer): Promise<void> {
  const { id, bySignInId, by, about, answer, afresh, answeredAt } = said;
  await tx.insert(placeAnswer).values({
    ...of,
    id,
    bySignInId,
    byBrowserHash: toHash(by),
    aboutBrowserHash: toHash(about),
    answer,
    afresh,
    answeredAt,
  });
}

/** Whether the sign-in has not been ended. */
export async function isSignedIn(tx: Tx, signInId: string): Promise<boolean> {
  const [row] = await tx.select({ id: signIn.id }).from(signIn).where(eq(signIn.id, signInId));
  return row !== undefined;
}

/**
 * Forgets what a member's commands were answered with. Whoever reads nothing of a session any more reads nothing of it in a repeat,
 * and a repeat never tells of a place that is gone.
 */
export async function forgetReplies(tx: Tx, organisationId: string, memberId: string): Promise<void> {
  await tx
    .delete(commandReply)
    .where(and(eq(commandReply.organisationId, organisationId), eq(commandReply.memberId, memberId)));
}

/** Ends these sign-ins of the account; returns those that were there. */
export async function endSignIns(tx: Tx, userId: string, signInIds: readonly string[]): Promise<string[]> {
  if (signInIds.length === 0) return [];
  const ended = await tx
    .delete(signIn)
    .where(and(eq(signIn.userId, userId), inArray(signIn.id, [...signInIds])))
    .returning({ id: signIn.id });
  return ended.map(({ id }) => id);
}

/** Keeps that a place was begun, and under which sign-in; only the first time. @param now ISO 8601 instant, UTC */
export async function beginPlace(
  tx: Tx,
  organisationId: string,
  participantId: string,
  begun: { readonly now: string; readonly signedInAt: string },
): Promise<void> {
  await tx
    .update(participant)
    .set({ begunAt: begun.now, begunSignedInAt: begun.signedInAt })
    .where(
      and(
        eq(participant.organisationId, organisationId),
        eq(participant.id, participantId),
        isNull(participant.begunAt),
      ),
    );
}

/** Gives a participant's row to the new participant of a place that is started again: not begun, nothing answered. */
export async function restartParticipant(
  tx: Tx,
  organisationId: string,
  participantId: string,
  newParticipantId: string,
): Promise<void> {
  await tx
    .update(participant)
    .set({
      id: newParticipantId,
      state: 'scoring',
      answered: 0,
      submittedAt: null,
      begunAt: null,
      begunSignedInAt: null,
    })
    .where(and(eq(participant.organisationId, organisationId), eq(participant.id, participantId)));
}

/** When a personal link first opened a participant's place, by participant id; most were never opened so. ISO 8601 instants, UTC. */
export async function listOpenedByLink(
  db: Reader,
  organisationId: string,
  sessionId: string,
): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: participant.id, at: participant.openedByLinkAt })
    .from(participant)
    .where(
      and(
        eq(participant.organisationId, organisationId),
        eq(participant.sessionId, sessionId),
        isNotNull(participant.openedByLinkAt),
      ),
    );
  return new Map(rows.map(({ id, at }) => [id, toIso(at ?? '')]));
}
