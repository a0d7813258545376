// People over HTTP: who one is, members, clients, invitations, set-up, and what a visitor may know.
import {
  acceptInvitation as acceptInvitationBody,
  type ClientView,
  clientList,
  clientView,
  demoSignIn,
  idSchema,
  invitationCreated,
  invitationList,
  invitationPeek,
  invitationView,
  type MeView,
  memberChange,
  memberList,
  memberView,
  meView,
  newClient,
  newInvitation,
  organisationSettings,
  resetLinkMade,
  setUpBody,
  welcomeView,
} from '@attune/contract';
import { type Access, mayDo } from '@attune/domain';
import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import type { ActorEnv } from '../http/actor.ts';
import { addressOf } from '../http/address.ts';
import { callerOf } from '../http/caller.ts';
import { idempotent } from '../http/idempotency.ts';
import type { Limits } from '../http/limits.ts';
import { ProblemError } from '../http/problem.ts';
import type { RequestEnv } from '../http/request.ts';
import { describe, validateBody, validateParams } from '../http/validate.ts';
import type { Reach } from '../reach.ts';
import type { Auth } from './auth.ts';
import { answerDoor } from './door.ts';
import { listInvitations, revokeInvitation } from './invitations.ts';
import { wrongPassword } from './password-problem.ts';
import { makeResetLink } from './reset.service.ts';
import {
  acceptInvitation,
  addClient,
  allowGuests,
  type Client,
  changeMember,
  invite,
  type LinkOutcome,
  type PeopleDeps,
  peekInvitation,
  readClients,
  setUp,
} from './service.ts';
import {
  findDemo,
  findMember,
  findOrganisation,
  hasOrganisation,
  listMembers,
  type Member,
} from './store.ts';

export interface PeopleRouteDeps extends PeopleDeps {
  readonly auth: Auth;
  readonly demo: boolean;
  readonly reach: Pick<Reach, 'view'>;
  readonly limits: Limits;
  /** Under which kept replies are sealed. */
  readonly serverKey: Uint8Array;
}

const memberPath = z.object({ id: idSchema });
const signedInReply = z.object({ signedIn: z.boolean() });

const mutable = (access: Access) =>
  access.kind === 'organisation'
    ? access
    : { kind: access.kind, grants: access.grants.map((grant) => ({ ...grant })) };

/** Input that only the database could judge, as the problem at its place. */
const wrongInput = {
  'unknown-grant': ['/access/grants', 'must name clients and lines of business of the organisation'],
  'name-taken': ['/name', 'is the name of a client already'],
  'lob-repeated': ['/lobs', 'must not repeat a name'],
} as const;

function wrong(slug: keyof typeof wrongInput): ProblemError {
  const [pointer, detail] = wrongInput[slug];
  return new ProblemError('invalid-input', { errors: [{ pointer, detail }] });
}

const notMade = (outcome: Exclude<LinkOutcome, 'ok'>) =>
  outcome === 'password-common' || outcome === 'password-own'
    ? wrongPassword(outcome)
    : new ProblemError(outcome);

const memberToView = ({ id, name, roles, access, active }: Member) => ({
  id,
  name,
  roles: [...roles],
  access: mutable(access),
  active,
});

const clientToView = ({ id, name, lobs }: Client): ClientView => ({ id, name, lobs: [...lobs] });

/** What needs no sign-in. Links are consumed by POST alone, and every one that does not work answers alike. */
export function createVisitorRoutes(deps: PeopleRouteDeps) {
  return new Hono<RequestEnv>()
    .get(
      '/welcome',
      describe('What a visitor may know: the demo members, or that set-up is needed.', { 200: welcomeView }),
      async (c) =>
        c.json(
          {
            demo: deps.demo ? await findDemo(deps.db) : null,
            needsSetUp: !(await hasOrganisation(deps.db)),
            reach: deps.reach.view.kind,
          },
          200,
        ),
    )
    .post(
      '/demo/sign-in',
      describe('Signs in as a demo member, on the demo database alone (O6). Sets the sign-in cookie.', {
        200: signedInReply,
      }),
      validateBody(demoSignIn),
      async (c) => {
        if (!deps.demo) throw new ProblemError('not-found');
        const request = new Request(new URL('/api/auth/demo/sign-in', deps.publicUrl), {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Origin: deps.publicUrl },
          body: JSON.stringify(c.req.valid('json')),
        });
        const userAgent = c.req.header('user-agent');
        if (userAgent) request.headers.set('user-agent', userAgent);
        const reply = await answerDoor(deps, request, callerOf(c), addressOf(c));
        if (!reply.ok) throw new ProblemError('not-found');
        for (const cookie of reply.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true });
        return c.json({ signedIn: true }, 200);
      },
    )
    .post(
      '/set-up',
      describe('Makes the organisation and its first administrator, by the one-time link (O5).', {
        204: null,
      }),
      validateBody(setUpBody),
      async (c) => {
        const body = c.req.valid('json');
        const outcome = await deps.limits.turn(c, () => setUp(deps, body, callerOf(c)));
        if (outcome !== 'ok') throw notMade(outcome);
        return c.body(null, 204);
      },
    )
    .post(
      '/invitations/peek',
      describe('Whom an invitation is for. Consumes nothing.', { 200: invitationView }),
      validateBody(invitationPeek),
      async (c) => {
        const found = await peekInvitation(deps, c.req.valid('json').token, callerOf(c));
        if (!found) throw new ProblemError('link-not-valid');
        return c.json(found, 200);
      },
    )
    .post(
      '/invitations/accept',
      describe('Makes the invited account.', { 204: null }),
      validateBody(acceptInvitationBody),
      async (c) => {
        const body = c.req.valid('json');
        const outcome = await deps.limits.turn(c, () => acceptInvitation(deps, body, callerOf(c)));
        if (outcome !== 'ok') throw notMade(outcome);
        return c.body(null, 204);
      },
    );
}

/** What a signed-in member asks of people. */
export function createPeopleRoutes(deps: PeopleRouteDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  const { db } = deps;
  const once = idempotent(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .get('/me', describe('Who is signed in, and what they may do.', { 200: meView }), async (c) => {
      const { organisationId, memberId, permissions, limit } = c.get('actor');
      const member = await findMember(db, organisationId, memberId);
      const organisation = await findOrganisation(db, organisationId);
      if (!member || !organisation) throw new ProblemError('not-signed-in');
      const { active: _, ...view } = memberToView(member);
      const me: MeView = {
        member: { ...view, email: member.email, permissions: [...permissions] },
        organisation: {
          id: organisation.id,
          name: organisation.name,
          demo: deps.demo && organisation.demo,
        },
        reach: deps.reach.view,
        limitedTo: limit?.sessionId ?? null,
      };
      return c.json(me, 200);
    })
    .get(
      '/organisation',
      describe('How the organisation is set up, for administrators.', { 200: organisationSettings }),
      async (c) => {
        const actor = c.get('actor');
        const organisation = await findOrganisation(db, actor.organisationId);
        if (!organisation || !mayDo(actor, 'members.administer')) throw new ProblemError('not-allowed');
        return c.json({ guestsAllowed: organisation.guestsAllowed }, 200);
      },
    )
    .put(
      '/organisation',
      describe('Turns guests on or off (J1).', { 200: organisationSettings }),
      once,
      validateBody(organisationSettings),
      async (c) => {
        const settings = await allowGuests(
          deps,
          c.get('actor'),
          c.req.valid('json').guestsAllowed,
          callerOf(c),
        );
        if (!settings) throw new ProblemError('not-allowed');
        return c.json(settings, 200);
      },
    )
    .get(
      '/members',
      describe('The members of the organisation, e-mail for administrators alone.', { 200: memberList }),
      async (c) => {
        const actor = c.get('actor');
        if (!mayDo(actor, 'members.list')) throw new ProblemError('not-allowed');
        const administers = mayDo(actor, 'members.administer');
        const members = await listMembers(db, actor.organisationId);
        return c.json(
          {
            members: members.map((member) => ({
              ...memberToView(member),
              ...(administers ? { email: member.email } : {}),
            })),
          },
          200,
        );
      },
    )
    .patch(
      '/members/:id',
      describe('Changes roles and access, or deactivates, which ends live connections (O5).', {
        200: memberView,
      }),
      once,
      validateParams(memberPath),
      validateBody(memberChange),
      async (c) => {
        const outcome = await changeMember(
          deps,
          c.get('actor'),
          c.req.valid('param').id,
          c.req.valid('json'),
          callerOf(c),
        );
        if (!outcome.ok) {
          throw outcome.slug === 'unknown-grant' ? wrong(outcome.slug) : new ProblemError(outcome.slug);
        }
        return c.json(memberToView(outcome.member), 200);
      },
    )
    .post(
      '/members/:id/password-reset',
      describe('A link that sets a new password for a member, shown this once (O5).', { 201: resetLinkMade }),
      once,
      validateParams(memberPath),
      async (c) => {
        const outcome = await makeResetLink(deps, c.get('actor'), c.req.valid('param').id, callerOf(c));
        if (typeof outcome === 'string') throw new ProblemError(outcome);
        return c.json(outcome, 201);
      },
    )
    .post(
      '/invitations',
      describe('An invitation link, shown this once (O5).', { 201: invitationCreated }),
      once,
      validateBody(newInvitation),
      async (c) => {
        const outcome = await invite(deps, c.get('actor'), c.req.valid('json'), callerOf(c));
        if (outcome === 'unknown-grant') throw wrong(outcome);
        if (typeof outcome === 'string') throw new ProblemError(outcome);
        return c.json(outcome, 201);
      },
    )
    .get(
      '/invitations',
      describe('Invitations that can still be accepted, for administrators.', { 200: invitationList }),
      async (c) => {
        const found = await listInvitations(deps, c.get('actor'));
        if (found === 'not-allowed') throw new ProblemError(found);
        return c.json(
          {
            invitations: found.map(({ roles, access, ...invitation }) => ({
              ...invitation,
              roles: [...roles],
              access: mutable(access),
            })),
          },
          200,
        );
      },
    )
    .delete(
      '/invitations/:id',
      describe('Ends an invitation: its link works no longer.', { 204: null }),
      once,
      validateParams(z.object({ id: idSchema })),
      async (c) => {
        const outcome = await revokeInvitation(deps, c.get('actor'), c.req.valid('param').id, callerOf(c));
        if (outcome !== 'ok') throw new ProblemError(outcome);
        return c.body(null, 204);
      },
    )
    .get(
      '/clients',
      describe('Clients with their lines of business (O3), those one has access to (O4).', {
        200: clientList,
      }),
      async (c) => {
        const clients = await readClients(db, c.get('actor'));
        if (!clients) throw new ProblemError('not-allowed');
        return c.json({ clients: clients.map(clientToView) }, 200);
      },
    )
    .post(
      '/clients',
      describe('Adds a client with lines of business.', { 201: clientView }),
      once,
      validateBody(newClient),
      async (c) => {
        const outcome = await addClient(deps, c.get('actor'), c.req.valid('json'));
        if (outcome === 'not-allowed') throw new ProblemError(outcome);
        if (typeof outcome === 'string') throw wrong(outcome);
        return c.json(clientToView(outcome), 201);
      },
    );
}
