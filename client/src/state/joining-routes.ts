// The routes of links, the lobby and devices as calls. Nothing is decided here.
import type {
  DeviceRequestView,
  JoinPeek,
  JoinState,
  PersonalOpened,
  SessionLinks,
  SessionLinkView,
  SessionView,
} from '@attune/contract';
import type { ClientResponse } from 'hono/client';
import { api } from '../api.ts';

type Call<Input, Output> = (
  input: Input,
  options?: { readonly headers: Record<string, string> },
) => Promise<ClientResponse<Output>>;

type Session = { readonly id: string };
type Of<Param, Output> = Call<{ readonly param: Param }, Output>;
type With<Param, Body, Output> = Call<{ readonly param: Param; readonly json: Body }, Output>;
/** What asking again for a device's answer brings. */
export type ClaimState =
  | { readonly state: 'asking' }
  | { readonly state: 'refused' }
  | { readonly state: 'in'; readonly sessionId: string };

interface Links {
  readonly $post: With<Session, { readonly days: number }, SessionLinks>;
  readonly $delete: Of<Session, SessionLinks>;
}

interface JoiningRoutes {
  readonly join: {
    readonly peek: { readonly $post: Call<{ readonly json: { readonly token: string } }, JoinPeek> };
    readonly state: { readonly $get: Call<Record<never, never>, JoinState> };
    readonly $post: Call<{ readonly json: { readonly token: string; readonly name?: string } }, JoinState>;
  };
  readonly personal: {
    readonly $post: Call<{ readonly json: { readonly token: string } }, PersonalOpened>;
    readonly claim: {
      readonly $post: Call<
        { readonly json: { readonly requestId: string; readonly secret: string } },
        ClaimState
      >;
    };
  };
  readonly sessions: {
    readonly ':id': {
      readonly links: {
        readonly $get: Of<Session, SessionLinks>;
        readonly join: Links;
        readonly display: Links;
      };
      readonly participants: {
        readonly ':participantId': {
          readonly link: {
            readonly $get: Of<Session & { readonly participantId: string }, SessionLinkView | null>;
            readonly $post: Of<Session & { readonly participantId: string }, SessionLinkView>;
            readonly $delete: Of<Session & { readonly participantId: string }, unknown>;
          };
        };
      };
      readonly lobby: {
        readonly ':entryId': {
          readonly admit: { readonly $post: Of<Session & { readonly entryId: string }, SessionView> };
          readonly $delete: Of<Session & { readonly entryId: string }, SessionView>;
        };
      };
      readonly observers: {
        readonly ':memberId': { readonly $delete: Of<Session & { readonly memberId: string }, SessionView> };
      };
      readonly devices: {
        readonly $get: Of<Session, { readonly requests: readonly DeviceRequestView[] }>;
        readonly ':requestId': {
          readonly $post: With<
            Session & { readonly requestId: string },
            { readonly allow: boolean },
            { readonly requests: readonly DeviceRequestView[] }
          >;
        };
      };
    };
  };
}

/** The calls: `joiningRoutes.join.peek.$post({ json: { token } })`. */
export const joiningRoutes = api as unknown as JoiningRoutes;
