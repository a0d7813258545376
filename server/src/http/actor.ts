// Who is asking: every route under `/api` that is not for visitors passes here. No actor, no entry.
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

/** Sets `actor` and `signedIn`, or answers 401. */
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
    c.set('actor', actor);
    c.set('signedIn', signedIn);
    c.header('Cache-Control', 'no-store');
    await deps.limits.member(c, actor.memberId, next);
  });
  return asksForSignIn(requireActor);
}
