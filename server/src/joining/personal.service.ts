// Personal invites (J2): the first device that opens one is in; any other needs a yes, from a device that is in or from the
// facilitator. What a link lets one do ends with the link, and at the edge of its session.
import { randomBytes } from 'node:crypto';
import type { DeviceRequestView, PersonalOpened } from '@attune/contract';
import { type Actor, maySession } from '@attune/domain';
import { toIso } from '../db/instant.ts';
import type { SignedIn } from '../people/auth.ts';
import { announce, tellAndLog, tellChange } from '../sessions/command.service.ts';
import { readAs } from '../sessions/read.ts';
import { lockSession } from '../sessions/store.ts';
import { isSealed, type StoredSession, sessionToSubject } from '../sessions/stored-session.ts';
import type { JoinDeps } from './join.service.ts';
import {
  claimLink,
  findInvited,
  findLivingLink,
  hasWritten,
  insertDeviceRequest,
  insertLimit,
  type LinkRow,
  listDeviceRequests,
  lockDeviceRequest,
  moveDeviceRequest,
} from './store.ts';
import { hashOfToken } from './token.ts';

/** How long a device may wait for a yes. */
const patienceMs = 15 * 60 * 1000;
/** Devices that ask at once with one link. */
const mostAsking = 5;

export type PersonalOutcome =
  | { readonly ok: true; readonly opened: PersonalOpened; readonly cookies: readonly string[] }
  | { readonly ok: false; readonly slug: 'link-not-valid' | 'too-many-requests' };

const notValid = { ok: false, slug: 'link-not-valid' } as const;

/** Opens a personal invite. @param device such as "Safari on iPhone" */
export async function openPersonal(
  deps: JoinDeps,
  token: string,
  who: SignedIn | null,
  device: string,
): Promise<PersonalOutcome> {
  const link = await findLivingLink(deps.db, 'personal', hashOfToken(token), deps.now());
  const invited = link?.participantId
    ? await findInvited(deps.db, link.organisationId, link.participantId)
    : null;
  if (!link || !invited) return notValid;
  const { sessionId } = link;
  const isOwn =
    who?.memberId === invited.memberId && (who.limit === null || who.limit.sessionId === sessionId);
  // Also whoever is signed in already takes the first opening: after them it needs a yes.
  const told = await openFirst(deps, link, invited.participantId, device);
  if (told) announce(deps.bus, told);
  if (isOwn) return { ok: true, opened: { state: 'in', sessionId }, cookies: [] };
  if (!told) return ask(deps, link, invited.participantId, invited.name, device);
  return {
    ok: true,
    opened: { state: 'in', sessionId },
    cookies: await signInBy(deps, link, invited.userId),
  };
}

/** The link's first opening, kept in the log; `null` where it needs a yes. */
async function openFirst(
  deps: JoinDeps,
  { organisationId, sessionId, id }: LinkRow,
  participantId: string,
  device: string,
): Promise<StoredSession | null> {
  const now = deps.now();
  return deps.db.transaction(async (tx) => {
    const stored = await lockSession(tx, organisationId, sessionId);
    if (!stored || !(await claimLink(tx, organisationId, id, now))) return null;
    const told = { type: 'device-entered', byMemberId: null, participantId } as const;
    return tellAndLog(tx, stored, told, { type: 'invite-opened', participantId, device }, now);
  });
}

async function signInBy(deps: JoinDeps, link: LinkRow, userId: string): Promise<string[]> {
  const { signInId, cookies } = await deps.signIn(userId);
  await insertLimit(deps.db, link.organisationId, {
    signInId,
    sessionId: link.sessionId,
    linkId: link.id,
  });
  return cookies;
}

async function ask(
  deps: JoinDeps,
  link: LinkRow,
  participantId: string,
  name: string,
  device: string,
): Promise<PersonalOutcome> {
  const { organisationId, sessionId } = link;
  const now = deps.now();
  const [requestId, secret] = [deps.newId(), randomBytes(32).toString('base64url')];
  const stored = await deps.db.transaction(async (tx) => {
    const locked = await lockSession(tx, organisationId, sessionId);
    if (!locked) return null;
    const asking = await listDeviceRequests(tx, organisationId, sessionId, now);
    if (asking.filter(({ linkId }) => linkId === link.id).length >= mostAsking) return null;
    await insertDeviceRequest(tx, organisationId, {
      id: requestId,
      sessionId,
      linkId: link.id,
      participantId,
      secretHash: hashOfToken(secret),
      device,
      askedAt: now,
      expiresAt: new Date(new Date(now).getTime() + patienceMs).toISOString(),
    });
    return tellChange(tx, locked, [{ type: 'device-asked', byMemberId: null, participantId }], now);
  });
  if (!stored) return { ok: false, slug: 'too-many-requests' };
  announce(deps.bus, stored);
  return { ok: true, opened: { state: 'asking', requestId, secret, name }, cookies: [] };
}

export type ClaimOutcome =
  | { readonly state: 'asking' | 'refused' }
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
    if (request.state === 'allowed')
      await moveDeviceRequest(tx, request.organisationId, request.id, 'allowed', 'used');
    return request;
  });
  if (!found) return null;
  if (found.state !== 'allowed') return { state: found.state === 'asking' ? 'asking' : 'refused' };
  const invited = await findInvited(deps.db, found.organisationId, found.participantId);
  if (!invited) return null;
  const { signInId, cookies } = await deps.signIn(invited.userId);
  const { organisationId, sessionId, linkId } = found;
  await insertLimit(deps.db, organisationId, { signInId, sessionId, linkId });
  return { state: 'in', sessionId, cookies };
}

/** Whose devices this actor hears of and answers: everyone's as the facilitator, their own as a participant, nobody's else. */
function answersFor(actor: Actor, stored: StoredSession): (participantId: string) => boolean {
  const subject = sessionToSubject(stored);
  if (!maySession(actor, 'session.read', subject)) return () => false;
  if (maySession(actor, 'session.facilitate', subject)) return () => true;
  const own = subject.participants.find(({ memberId }) => memberId === actor.memberId);
  return (participantId) => participantId === own?.id;
}

/** Devices that ask and that this actor may answer. `null` where the session is not theirs to read. */
export async function readDeviceRequests(
  deps: JoinDeps,
  actor: Actor,
  sessionId: string,
): Promise<DeviceRequestView[] | null> {
  const stored = await readAs(deps.db, actor, sessionId, 'session.read');
  if (!stored) return null;
  const isTheirs = answersFor(actor, stored);
  const asking = await listDeviceRequests(deps.db, actor.organisationId, sessionId, deps.now());
  return asking
    .filter(({ participantId }) => isTheirs(participantId))
    .map(({ id, participantId, name, device, askedAt }) => ({
      id,
      participantId,
      name,
      device,
      askedAt: toIso(askedAt),
    }));
}

export type DeviceAnswer = 'done' | 'not-found' | 'own-only';

/**
 * Says yes or no to a device. `not-found` where it does not ask (any more), or it is not the caller's to say; `own-only` where there
 * is something to read in the sealed sheet: then nobody lets a device in but the participant, whoever made the link.
 */
export async function answerDevice(
  deps: JoinDeps,
  actor: Actor,
  sessionId: string,
  requestId: string,
  allow: boolean,
): Promise<DeviceAnswer> {
  const now = deps.now();
  const { organisationId } = actor;
  const answered = await deps.db.transaction(async (tx): Promise<DeviceAnswer | StoredSession> => {
    const stored = await lockSession(tx, organisationId, sessionId);
    const asking = stored ? await listDeviceRequests(tx, organisationId, sessionId, now) : [];
    const request = asking.find(({ id }) => id === requestId);
    if (!stored || !request || !answersFor(actor, stored)(request.participantId)) return 'not-found';
    const { participantId, device } = request;
    const participant = stored.session.participants.find(({ id }) => id === participantId);
    if (!participant) return 'not-found';
    const isOthers = participant.memberId !== actor.memberId && isSealed(stored);
    if (allow && isOthers && (await hasWritten(tx, organisationId, participantId))) return 'own-only';
    const to = allow ? 'allowed' : 'refused';
    if (!(await moveDeviceRequest(tx, organisationId, requestId, 'asking', to))) return 'not-found';
    const told = { type: 'device-answered', byMemberId: actor.memberId, participantId } as const;
    return allow
      ? tellAndLog(tx, stored, told, { type: 'device-allowed', participantId, device }, now)
      : tellChange(tx, stored, [told], now);
  });
  if (typeof answered === 'string') return answered;
  announce(deps.bus, answered);
  return 'done';
}
