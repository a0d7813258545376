// Who is asking: every route under `/api` that is not for visitors passes here. No actor, no entry; and none for a page that takes
// the sign-in for somebody else's.
import { memberHeader } from '@attune/contract';
import type { Actor } from '@attune/domain';
import { createMiddleware } from 'hono/factory';
import type { SignedIn } from '../caller.ts';
import { asksForSignIn } from './body.ts';
import type { Limits } from './limits.ts';
import { ProblemError } from './problem.ts';
import type { RequestEnv } from './request.ts';

export interface ActorEnv {
  Bindings: RequestEnv['Bindings'];
  Variables: RequestEnv['Variables'] & { actor: Actor; signedIn: SignedIn };
}

/**
 * Refuses a page that was opened as another than the sign-in's member: whoever signed in since, in another tab, did not mean this.
 * @throws {ProblemError} `other-sign-in`, with the name of who is signed in
 */
export function checkMember(headers: Headers, signedIn: Pick<SignedIn, 'memberId' | 'name'> | null): void {
  const believed = headers.get(memberHeader);
  if (believed !== null && signedIn && believed !== signedIn.memberId)
    throw new ProblemError('other-sign-in', { signedInAs: signedIn.name });
}

/** Sets `actor` and `signedIn`, or answers 401, or 409 to a page of somebody else. */
export function createActorMiddleware(deps: {
  readonly limits: Pick<Limits, 'member'>;
  readonly authenticate: (headers: Headers, renewed: (cookie: string) => void) => Promise<SignedIn | null>;
  /** What the sign-in may do now; `null` where it is nobody's any more. */
  readonly readActor: (signedIn: SignedIn) => Promise<Actor | null>;
}) {
  const requireActor = createMiddleware<ActorEnv>(async (c, next) => {
    const signedIn = await deps.authenticate(c.req.raw.headers, (cookie) =>
      c.header('Set-Cookie', cookie, { append: true }),
    );
    const actor = signedIn && (await deps.readActor(signedIn));
    if (!signedIn || !actor) throw new ProblemError('not-signed-in');
    checkMember(c.req.raw.headers, signedIn);
    c.set('actor', actor);
    c.set('signedIn', signedIn);
    c.header('Cache-Control', 'no-store');
    await deps.limits.member(c, actor.memberId, next);
  });
  return asksForSignIn(requireActor);
}
