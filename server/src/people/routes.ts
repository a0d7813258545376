// People over HTTP: who one is, members, clients, invitations, set-up, and what a visitor may know.
import {
  acceptInvitation as acceptInvitationBody,
  demoSignIn,
  idSchema,
  invitationCreated,
  invitationList,
  invitationPeek,
  invitationView,
  type MeView,
  memberChange,
  memberInvitation,
  memberList,
  memberQuery,
  memberView,
  meView,
  newInvitation,
  newMember,
  organisationChange,
  organisationSettings,
  resetLinkMade,
  setUpBody,
  welcomeView,
} from '@attune/contract';
import { type Access, allowedTo, mayDo } from '@attune/domain';
import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import type { ActorEnv } from '../http/actor.ts';
import { addressOf } from '../http/address.ts';
import { callerOf } from '../http/caller.ts';
import { createCommands } from '../http/command.ts';
import { accepted, failureProblem } from '../http/failure.ts';
import type { Limits } from '../http/limits.ts';
import { ProblemError } from '../http/problem.ts';
import type { RequestEnv } from '../http/request.ts';
import { describe, validateBody, validateQuery } from '../http/validate.ts';
import { badInput, mapDone } from '../outcome.ts';
import type { Reach } from '../reach.ts';
import type { Auth } from './auth.ts';
import type { PeopleDeps } from './deps.ts';
import { answerDoor } from './door.ts';
import { listInvitations, revokeInvitation } from './invitations.ts';
import { addMember, changeMember } from './member.service.ts';
import { readMemberPage } from './member.store.ts';
import { changeSettings, readSettings } from './organisation.service.ts';
import { makeResetLink } from './reset.service.ts';
import { acceptInvitation, invite, inviteMember, peekInvitation, setUp } from './service.ts';
import { findDemo, findMember, findOrganisation, hasOrganisation, type Member } from './store.ts';

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

const memberToView = ({ id, name, roles, access, active, hasSignIn }: Member) => ({
  id,
  name,
  roles: [...roles],
  access: mutable(access),
  active,
  hasSignIn,
});
/** With what administrators alone are told. */
const memberToAdministrator = (member: Member) => ({
  ...memberToView(member),
  email: member.email,
  employeeNumber: member.employeeNumber,
});

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
        accepted(await deps.limits.turn(c, () => setUp(deps, body, callerOf(c))));
        return c.body(null, 204);
      },
    )
    .post(
      '/invitations/peek',
      describe('Whom an invitation is for. Consumes nothing.', { 200: invitationView }),
      validateBody(invitationPeek),
      async (c) => {
        return c.json(accepted(await peekInvitation(deps, c.req.valid('json').token, callerOf(c))), 200);
      },
    )
    .post(
      '/invitations/accept',
      describe('Makes the invited account.', { 204: null }),
      validateBody(acceptInvitationBody),
      async (c) => {
        const body = c.req.valid('json');
        accepted(await deps.limits.turn(c, () => acceptInvitation(deps, body, callerOf(c))));
        return c.body(null, 204);
      },
    );
}

/** What a signed-in member asks of people. */
export function createPeopleRoutes(deps: PeopleRouteDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  const { db } = deps;
  const command = createCommands(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .get('/me', describe('Who is signed in, and what they may do.', { 200: meView }), async (c) => {
      const actor = c.get('actor');
      const { organisationId, memberId, limit } = actor;
      const member = await findMember(db, organisationId, memberId);
      const organisation = await findOrganisation(db, organisationId);
      if (!member || !organisation) throw new ProblemError('not-signed-in');
      const { active: _, hasSignIn: __, ...view } = memberToView(member);
      const me: MeView = {
        member: { ...view, email: member.email ?? '' },
        organisation: {
          id: organisation.id,
          name: organisation.name,
          demo: deps.demo && organisation.demo,
          timeZone: organisation.timeZone,
          thresholdHundredths: organisation.thresholdHundredths,
        },
        may: allowedTo(actor),
        reach: deps.reach.view,
        limitedTo: limit?.sessionId ?? null,
      };
      return c.json(me, 200);
    })
    .get(
      '/organisation',
      describe('How the organisation is set up, for administrators.', { 200: organisationSettings }),
      async (c) => c.json(accepted(await readSettings(db, c.get('actor'))), 200),
    )
    .patch(
      '/organisation',
      ...command(
        'Changes the organisation’s settings: what is given, over the revision it was chosen for (O1).',
        { body: organisationChange, replies: { 200: organisationSettings } },
        (unit, { actor, body, caller }) => changeSettings(deps, unit, actor, body, caller),
      ),
    )
    .get(
      '/members',
      describe('A page of members, by name; e-mail and employee number for administrators alone.', {
        200: memberList,
      }),
      validateQuery(memberQuery),
      async (c) => {
        const actor = c.get('actor');
        if (!mayDo(actor, 'members.list')) throw new ProblemError('not-allowed');
        const administers = mayDo(actor, 'members.administer');
        const query = c.req.valid('query');
        const page = await readMemberPage(db, actor.organisationId, query, administers ? 'all' : 'names');
        if (!page) throw failureProblem(badInput('?cursor', 'cursor'));
        const members = page.members.map(administers ? memberToAdministrator : memberToView);
        return c.json({ members, next: page.next }, 200);
      },
    )
    .post(
      '/members',
      ...command(
        'Makes a member without a sign-in, such as an agent (O2).',
        { body: newMember, replies: { 201: memberView } },
        async (unit, { actor, body, caller }) =>
          mapDone(await addMember(deps, unit, actor, body, caller), memberToAdministrator),
      ),
    )
    .patch(
      '/members/:id',
      ...command(
        'Changes a member, or deactivates one, which ends live connections (O5).',
        { params: memberPath, body: memberChange, replies: { 200: memberView } },
        async (unit, { actor, params, body, caller }) =>
          mapDone(await changeMember(deps, unit, actor, params.id, body, caller), memberToAdministrator),
      ),
    )
    .post(
      '/members/:id/password-reset',
      ...command(
        'A link that sets a new password for a member, shown this once (O5).',
        { params: memberPath, replies: { 201: resetLinkMade } },
        (unit, { actor, params, caller }) => makeResetLink(deps, unit, actor, params.id, caller),
      ),
    )
    .post(
      '/members/:id/invitation',
      ...command(
        'A link by which a member without a sign-in gets one, shown this once (O5).',
        { params: memberPath, body: memberInvitation, replies: { 201: invitationCreated } },
        (unit, { actor, params, body, caller }) => inviteMember(deps, unit, actor, params.id, body, caller),
      ),
    )
    .post(
      '/invitations',
      ...command(
        'An invitation link, shown this once (O5).',
        { body: newInvitation, replies: { 201: invitationCreated } },
        (unit, { actor, body, caller }) => invite(deps, unit, actor, body, caller),
      ),
    )
    .get(
      '/invitations',
      describe('Invitations that can still be accepted, for administrators.', { 200: invitationList }),
      async (c) => {
        const found = accepted(await listInvitations(deps, c.get('actor')));
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
      ...command(
        'Ends an invitation: its link works no longer.',
        { params: z.object({ id: idSchema }), replies: { 204: null } },
        (unit, { actor, params, caller }) => revokeInvitation(deps, unit, actor, params.id, caller),
      ),
    );
}
