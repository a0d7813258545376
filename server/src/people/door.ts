// Signing in and out as it is served: better-auth answers, and here it is told in the security log, and loses the sign-in's token on
// the way out, which belongs in the cookie and nowhere else. Every route of better-auth that is served passes here.

import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { Bus } from '../bus/bus.ts';
import type { Caller } from '../caller.ts';
import type { Database } from '../db/client.ts';
import { transact } from '../db/transact.ts';
import { checkMember } from '../http/actor.ts';
import { logSecurity, type SecurityDeps, type SecurityEvent } from '../security/log.ts';
import {
  deleteSignIn,
  findAccount,
  findOnlyOrganisation,
  findPassword,
  findSettledPassword,
  findSignInByToken,
} from './account.store.ts';
import type { Auth } from './auth.ts';
import { findMemberOfUser } from './store.ts';

export interface DoorDeps extends SecurityDeps {
  readonly db: Database;
  readonly bus: Bus;
  readonly auth: Pick<Auth, 'authenticate' | 'handle'>;
  readonly serverKey: Uint8Array;
}

/** Where better-auth's own routes lie. */
export const accountPath = '/api/auth';
/** What of better-auth is served. The rest of what it can do is nobody's to call. */
export const doors = ['sign-in/email', 'sign-out', 'demo/sign-in'] as const;

const typed = z.looseObject({ email: z.string() });
const given = z.looseObject({ token: z.string() });

/** Answers a request to one of `doors`. @param address of the connection, for better-auth's limits */
export async function answerDoor(
  deps: DoorDeps,
  request: Request,
  caller: Caller,
  address: string | undefined,
): Promise<Response> {
  const door = new URL(request.url).pathname.slice(accountPath.length + 1);
  if (door === 'sign-out') return signOut(deps, request, caller, address);
  const email =
    door === 'sign-in/email' ? typed.safeParse(await readJson(request.clone())).data?.email : null;
  const previous = await deps.auth.authenticate(request.headers);
  const account = email ? await findAccount(deps.db, { email }) : null;
  const before = account && (await findPassword(deps.db, account.userId));
  const reply = await deps.auth.handle(request, address);
  if (reply.status === 401) await tellFailed(deps, account, email ?? '', caller);
  if (!reply.ok) return reply;
  const signIn = await signInOf(deps, reply);
  if (!signIn) throw new Error('a sign-in that was just made is not there');
  // The password was changed while it was being checked: what it opened is shut again, as if it had come a moment later.
  if (account && (await findSettledPassword(deps.db, account.userId)) !== before) {
    await deleteSignIn(deps.db, signIn.userId, signIn.id);
    await tellFailed(deps, account, email ?? '', caller);
    return wrongPassword();
  }
  // This browser's cookie stands for the new one now: the one before would live on with nobody to end it.
  if (previous?.limit === null && (await deleteSignIn(deps.db, previous.userId, previous.signInId)))
    deps.bus.publish({ type: 'sign-in-ended', signInId: previous.signInId });
  const member = await findMemberOfUser(deps.db, signIn.userId);
  await tell(deps, {
    kind: 'sign-in-succeeded',
    organisationId: member?.organisationId ?? null,
    actorId: member?.id ?? null,
    signInId: signIn.id,
    caller,
    detail: { by: door === 'demo/sign-in' ? 'demo' : 'password' },
  });
  return withoutBody(reply);
}

async function signOut(
  deps: DoorDeps,
  request: Request,
  caller: Caller,
  address: string | undefined,
): Promise<Response> {
  const who = await deps.auth.authenticate(request.headers);
  checkMember(request.headers, who);
  const reply = await deps.auth.handle(request, address);
  if (!reply.ok) return reply;
  if (who) {
    const { organisationId, memberId: actorId, signInId } = who;
    await tell(deps, { kind: 'signed-out', organisationId, actorId, signInId, caller });
  }
  return withoutBody(reply);
}

const tell = (deps: DoorDeps, event: SecurityEvent) =>
  transact(deps.db, (unit) => logSecurity(deps, unit, event));

/** By the account where there is one. What was typed may be a password in the wrong field: of that only a keyed hash is kept. */
async function tellFailed(
  deps: DoorDeps,
  account: Awaited<ReturnType<typeof findAccount>>,
  email: string,
  caller: Caller,
): Promise<void> {
  await tell(deps, {
    kind: 'sign-in-failed',
    organisationId: account?.organisationId ?? (await findOnlyOrganisation(deps.db)),
    actorId: null,
    memberId: account?.memberId ?? null,
    caller,
    detail: account ? {} : { account: hashOfAccount(deps.serverKey, email) },
  });
}

/** Tells attempts at one unknown account from those at another, and nothing else. */
function hashOfAccount(serverKey: Uint8Array, email: string): string {
  const key = createHmac('sha256', serverKey).update('attune/account/v1').digest();
  return createHmac('sha256', key).update(email.trim().toLowerCase()).digest('base64url').slice(0, 12);
}

async function signInOf(deps: DoorDeps, reply: Response) {
  const token = given.safeParse(await readJson(reply.clone())).data?.token;
  return token ? findSignInByToken(deps.db, token) : null;
}

const readJson = (from: Request | Response): Promise<unknown> => from.json().catch(() => null);

/** The same cookies and headers, and nothing of what better-auth says of the sign-in. */
function withoutBody(reply: Response): Response {
  const headers = new Headers(reply.headers);
  headers.delete('content-length');
  headers.set('content-type', 'application/json');
  headers.set('cache-control', 'no-store');
  return new Response('{"done":true}', { status: reply.status, headers });
}

const wrongPassword = () =>
  Response.json(
    { message: 'Invalid email or password', code: 'INVALID_EMAIL_OR_PASSWORD' },
    { status: 401, headers: { 'Cache-Control': 'no-store' } },
  );
