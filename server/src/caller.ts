// Who asks, as services know them: the sign-in, and where the request comes from.
import type { SessionLimit } from '@attune/domain';

/** Who a signed-in browser belongs to. */
export interface SignedIn {
  readonly signInId: string;
  readonly userId: string;
  readonly memberId: string;
  readonly organisationId: string;
  readonly name: string;
  /** What the sign-in is limited to, where it came by a session's link. */
  readonly limit: SessionLimit | null;
  /** When it was made, ISO 8601 UTC. */
  readonly signedInAt: string;
  /** When it ends unless it is renewed, ISO 8601 UTC. */
  readonly endsAt: string;
  /** Names the browser across its sign-ins (`http/browser.ts`). */
  readonly browser: string;
  /** In words, such as "Safari on iPhone". */
  readonly device: string;
}

/** Where a request comes from; `null` where that is not known, as for a command at the terminal. */
export interface Caller {
  readonly address: string | null;
  /** In words, such as "Safari on iPhone". */
  readonly device: string | null;
}
