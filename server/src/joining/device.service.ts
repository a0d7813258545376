// A guest's further devices (J2): one asks by the join link and shows two words, and whoever types them on a device that is in lets
// it in. The words name the request; nobody else, the facilitator included, can say the yes.

import { createHmac, randomBytes, randomInt } from 'node:crypto';
import type { DeviceAsked } from '@attune/contract';
import { type Actor, maySession } from '@attune/domain';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../db/client.ts';
import { badInput, denied, done, type Outcome } from '../outcome.ts';
import { saveAuditHead } from '../sessions/audit.store.ts';
import { appendAudit } from '../sessions/audit.ts';
import { lockSession } from '../sessions/store.ts';
import { sessionToSubject } from '../sessions/views.ts';
import type { JoinDeps } from './join.service.ts';
import {
  allowDeviceRequest,
  countDeviceRequests,
  findGuestAccount,
  findLivingLink,
  insertDeviceRequest,
  insertLimit,
  isAsked,
  lockDeviceRequest,
  useDeviceRequest,
} from './store.ts';
import { hashOfToken } from './token.ts';

/** How long a device may wait for a yes. */
const patienceMs = 15 * 60 * 1000;
/** Devices that ask at once in one session. */
const mostAsking = 50;

/** What is stored of the words: nobody who reads the database can type them. */
const hashOfWords = (serverKey: Uint8Array, sessionId: string, words: string): Uint8Array =>
  createHmac('sha256', serverKey).update('attune/device-words/v1\0').update(`${sessionId} ${words}`).digest();

/** As typed by hand: case, hyphens and what stands around do not count. */
const readWords = (typed: string): string =>
  typed
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
    .join(' ');

const pickWord = (): string => wordlist[randomInt(wordlist.length)] ?? '';

/** A device asks to be let in beside a guest's first. `null` alike for every link that does not work. */
export async function askDevice(
  deps: JoinDeps,
  token: string,
  device: string,
  spend: (sessionId: string) => Promise<void>,
): Promise<DeviceAsked | 'too-many-requests' | null> {
  const now = deps.now();
  const link = await findLivingLink(deps.db, 'join', hashOfToken(token), now);
  if (!link) return null;
  const { organisationId, sessionId } = link;
  await spend(sessionId);
  const [requestId, secret] = [deps.newId(), randomBytes(32).toString('base64url')];
  const expiresAt = new Date(new Date(now).getTime() + patienceMs).toISOString();
  return deps.db.transaction(async (tx) => {
    // Held so that no two devices of one session are shown the same words.
    if (!(await lockSession(tx, organisationId, sessionId))) return null;
    if ((await countDeviceRequests(tx, organisationId, sessionId, now)) >= mostAsking)
      return 'too-many-requests';
    let words: [string, string];
    let wordsHash: Uint8Array;
    do {
      words = [pickWord(), pickWord()];
      wordsHash = hashOfWords(deps.serverKey, sessionId, words.join(' '));
    } while (await isAsked(tx, organisationId, sessionId, wordsHash));
    await insertDeviceRequest(tx, organisationId, {
      id: requestId,
      sessionId,
      wordsHash,
      secretHash: hashOfToken(secret),
      device,
      askedAt: now,
      expiresAt,
    });
    return { requestId, secret, words, expiresAt };
  });
}

export type ClaimOutcome =
  | { readonly state: 'asking' }
  | { readonly state: 'in'; readonly sessionId: string; readonly cookies: readonly string[] };

/** What became of this device's asking; a yes signs it in, once. `null` for a request that is not this device's, or is over. */
export async function claimDevice(
  deps: JoinDeps,
  requestId: string,
  secret: string,
): Promise<ClaimOutcome | null> {
  const now = deps.now();
  const found = await deps.db.transaction(async (tx) => {
    const request = await lockDeviceRequest(tx, requestId, hashOfToken(secret), now);
    if (!request || request.state === 'used') return null;
    if (request.state === 'allowed') await useDeviceRequest(tx, request.organisationId, request.id);
    return request;
  });
  if (!found) return null;
  const { organisationId, sessionId, memberId } = found;
  if (memberId === null) return { state: 'asking' };
  // Put out meanwhile: nobody comes in as them.
  const userId = await findGuestAccount(deps.db, organisationId, sessionId, memberId);
  if (userId === null) return null;
  const { signInId, cookies } = await deps.signIn(userId);
  await insertLimit(deps.db, organisationId, { signInId, sessionId });
  return { state: 'in', sessionId, cookies };
}

/**
 * Lets in the device that shows these words, as the guest who typed them; returns it in words. Denied to whoever is no guest of this
 * session: members sign in on their other devices.
 */
export async function allowDevice(
  tx: Tx,
  deps: JoinDeps,
  actor: Actor,
  who: SignedIn,
  sessionId: string,
  typed: string,
): Promise<Outcome<{ device: string }>> {
  const now = deps.now();
  const { organisationId, memberId } = actor;
  const stored = await lockSession(tx, organisationId, sessionId);
  const subject = stored && sessionToSubject(stored);
  if (!subject || !maySession(actor, 'session.read', subject)) return denied('not-found');
  if (!maySession(actor, 'device.allow', subject)) return denied('not-allowed');
  const wordsHash = hashOfWords(deps.serverKey, sessionId, readWords(typed));
  const device = await allowDeviceRequest(tx, organisationId, sessionId, { wordsHash, memberId, now });
  if (device === null) return badInput('/words', 'words-unknown');
  const own = stored.session.participants.find((participant) => participant.memberId === who.memberId);
  if (own && stored.session.status !== 'closed') {
    const event = { type: 'device-allowed', participantId: own.id, device } as const;
    await saveAuditHead(tx, await appendAudit(tx, stored, [event], memberId, now));
  }
  return done({ device });
}
