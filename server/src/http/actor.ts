// Who is asking: every route under `/api` that is not for visitors passes here. No actor, no entry.
import { type Actor, displayActor, guestActor, permissionsOf } from '@attune/domain';
import { createMiddleware } from 'hono/factory';
import type { Database } from '../db/client.ts';
import type { SignedIn } from '../people/auth.ts';
import { findMember } from '../people/store.ts';
import { ProblemError } from './problem.ts';
import type { RequestEnv } from './request.ts';

export interface ActorEnv {
  Bindings: RequestEnv['Bindings'];
  Variables: RequestEnv['Variables'] & { actor: Actor; signedIn: SignedIn };
}

/** The member as the permission table knows one, read now; `null` for nobody, and for a deactivated member. */
export async function readActor(
  db: Database,
  { organisationId, memberId, limit }: Pick<SignedIn, 'organisationId' | 'memberId' | 'limit'>,
): Promise<Actor | null> {
  if (limit?.as === 'display') return displayActor(organisationId, limit.sessionId);
  const member = await findMember(db, organisationId, memberId);
  if (!member?.active) return null;
  if (member.guest) return limit && guestActor(organisationId, memberId, limit.sessionId);
  // A personal invite lets one take part, whatever else one's roles allow.
  const permissions = permissionsOf(member.roles);
  return {
    memberId: member.id,
    organisationId,
    permissions: limit ? permissions.filter((one) => one === 'calibration.participate') : permissions,
    access: member.access,
    limit,
  };
}

/** Sets `actor` and `signedIn`, or answers 401. */
export function createActorMiddleware(deps: {
  readonly db: Database;
  readonly authenticate: (headers: Headers, renewed: (cookie: string) => void) => Promise<SignedIn | null>;
}) {
  return createMiddleware<ActorEnv>(async (c, next) => {
    const signedIn = await deps.authenticate(c.req.raw.headers, (cookie) =>
      c.header('Set-Cookie', cookie, { append: true }),
    );
    const actor = signedIn && (await readActor(deps.db, signedIn));
    if (!signedIn || !actor) throw new ProblemError('not-signed-in');
    c.set('actor', actor);
    c.set('signedIn', signedIn);
    c.header('Cache-Control', 'no-store');
    await next();
  });
}
