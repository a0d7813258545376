// Who may do what, in one table that denies by default (O2 to O4). Server and client ask the same question; the server's
// answer counts. No caller decides a right by looking at roles itself.
import {
  type Access,
  mayChangeIn,
  mayListIn,
  mayTakePartIn,
  type Scope,
  wholeOrganisation,
} from './access.ts';
import { isRevealed, type SessionStatus } from './session/status.ts';

export const permissions = [
  'scorecard.manage',
  'evaluation.create',
  'evaluation.read',
  'evaluation.read.own',
  'evaluation.resolve',
  'calibration.manage',
  'calibration.participate',
  'report.read',
  'coaching.write',
  'organisation.admin',
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ['admin', 'lead', 'evaluator', 'manager', 'agent'] as const;
export type Role = (typeof roles)[number];

const granted: Record<Role, readonly Permission[]> = {
  admin: permissions,
  lead: permissions.filter((permission) => permission !== 'organisation.admin'),
  evaluator: ['evaluation.create', 'evaluation.read', 'calibration.participate'],
  manager: ['evaluation.read', 'report.read', 'coaching.write'],
  agent: ['evaluation.read.own'],
};

/** Everything the roles together grant, in the order of `permissions`. */
export function permissionsOf(memberRoles: readonly Role[]): Permission[] {
  return permissions.filter((permission) => memberRoles.some((role) => granted[role].includes(permission)));
}

/** A sign-in that came by a session's own link sees that session and nothing else: a guest, a screen. */
export interface SessionLimit {
  readonly sessionId: string;
  readonly as: 'person' | 'display';
}

/** Who asks: a member of one organisation. A deactivated member is no actor at all. */
export interface Actor {
  /** Empty for a display. */
  readonly memberId: string;
  readonly organisationId: string;
  readonly permissions: readonly Permission[];
  readonly access: Access;
  /** Participants whose place is shut to this sign-in, after somebody else's reset of the account (`isShut`). */
  readonly shutPlaces: readonly string[];
  /** `null`: a sign-in of the person's own. */
  readonly limit: SessionLimit | null;
}

/** A guest, let into one session and no further (J1). */
export const guestActor = (organisationId: string, memberId: string, sessionId: string): Actor => ({
  memberId,
  organisationId,
  permissions: ['calibration.participate'],
  // Guests are refused for sessions with a scope; the limit keeps them out of all others.
  access: { kind: 'organisation' },
  shutPlaces: [],
  limit: { sessionId, as: 'person' },
});

/** A meeting screen, which looks at one session and does nothing (J3). */
export const displayActor = (organisationId: string, sessionId: string): Actor => ({
  memberId: '',
  organisationId,
  permissions: [],
  access: { kind: 'grants', grants: [] },
  shutPlaces: [],
  limit: { sessionId, as: 'display' },
});

/** What the table needs to know of a session. */
export interface SessionSubject {
  readonly id: string;
  readonly organisationId: string;
  readonly status: SessionStatus;
  readonly scope: Scope;
  readonly facilitatorId: string;
  readonly participants: readonly {
    readonly id: string;
    readonly memberId: string;
    readonly state: 'scoring' | 'submitted' | 'excused';
  }[];
  /** Member ids of those who watch, of guests who wait to be admitted, and of whoever was put out. */
  readonly observers: readonly string[];
  readonly waiting: readonly string[];
  readonly putOut: readonly string[];
}

export interface ScorecardSubject {
  readonly organisationId: string;
  readonly scope: Scope;
  readonly published: boolean;
}

type SessionRule = (actor: Actor, session: SessionSubject) => boolean;

const holds = (actor: Actor, permission: Permission) => actor.permissions.includes(permission);
/** Whether a place counts: not where one may no longer take part (O4), nor for whoever was put out (C12). */
const mayHavePlace: SessionRule = (actor, session) =>
  holds(actor, 'calibration.participate') &&
  mayTakePartIn(actor.access, session.scope) &&
  !session.putOut.includes(actor.memberId);
const ownPlace = (actor: Actor, session: SessionSubject) =>
  mayHavePlace(actor, session)
    ? session.participants.find((participant) => participant.memberId === actor.memberId)
    : undefined;
/** The same, unless it is shut to this sign-in: then it reads and writes nothing there, in no status (J2). */
const openPlace = (actor: Actor, session: SessionSubject) => {
  const place = ownPlace(actor, session);
  return place && !isShutTo(actor, place) ? place : undefined;
};
const isShutTo = (actor: Actor, { id }: { readonly id: string }) => actor.shutPlaces.includes(id);
const isExcused: SessionRule = (actor, session) => ownPlace(actor, session)?.state === 'excused';
const manages: SessionRule = (actor, session) =>
  holds(actor, 'calibration.manage') && mayTakePartIn(actor.access, session.scope);
const facilitates: SessionRule = (actor, session) =>
  manages(actor, session) && session.facilitatorId === actor.memberId;
/** An excused place opens nothing: who is excused reads what they could read without it. */
const takesPart: SessionRule = (actor, session) =>
  ownPlace(actor, session) !== undefined && !isExcused(actor, session);
const watches: SessionRule = (actor, session) =>
  mayHavePlace(actor, session) && session.observers.includes(actor.memberId);
const displays: SessionRule = (actor) => actor.limit?.as === 'display';
const isRecord = (session: SessionSubject) => session.status === 'resolved' || session.status === 'closed';
const readsRecord: SessionRule = (actor, session) =>
  isRecord(session) && holds(actor, 'report.read') && mayListIn(actor.access, session.scope);
const reads: SessionRule = (actor, session) =>
  manages(actor, session) ||
  takesPart(actor, session) ||
  watches(actor, session) ||
  readsRecord(actor, session);

const sessionRules = {
  /** The session as everyone of it sees it, and its live events. */
  'session.read': (actor, session) => reads(actor, session) || displays(actor, session),
  /** To hear whether one was admitted, or is let back in after being excused, and nothing more. */
  'session.wait': (actor, session) => session.waiting.includes(actor.memberId) || isExcused(actor, session),
  /** To be told that one is excused, by whom and why: the one page an excused participant keeps. */
  'excuse.read': isExcused,
  /** Settings, participants, deletion, transitions, excuses: the facilitator's alone (C3). */
  'session.facilitate': facilitates,
  'session.take-over': (actor, session) =>
    manages(actor, session) && !facilitates(actor, session) && session.status !== 'closed',
  /** To open and type in one's own sealed document (C5). */
  'sheet.write': (actor, session) =>
    session.status === 'scoring' && openPlace(actor, session)?.state === 'scoring',
  'sheet.read': (actor, session) => {
    const place = openPlace(actor, session);
    return session.status === 'scoring' && place !== undefined && place.state !== 'excused';
  },
  'sheet.submit': (actor, session) => {
    const place = openPlace(actor, session);
    return place !== undefined && place.state !== 'excused';
  },
  /** To start an empty sheet where one's own is shut after a reset. */
  'place.restart': (actor, session) => {
    const place = ownPlace(actor, session);
    return (
      session.status === 'scoring' &&
      place !== undefined &&
      place.state !== 'excused' &&
      isShutTo(actor, place)
    );
  },
  /** To let in another device as the guest one is (J2); members sign in on theirs. */
  'device.allow': (actor, session) =>
    actor.limit?.as === 'person' && (takesPart(actor, session) || watches(actor, session)),
  'board.read': (actor, session) =>
    isRevealed(session.status) && (reads(actor, session) || displays(actor, session)),
  /** A second answer to a question whose re-vote is open (C13). */
  'revote.vote': (actor, session) =>
    session.status === 'review' && openPlace(actor, session)?.state === 'submitted',
  /** The record is what stands once resolved (C12). */
  'record.read': (actor, session) => isRecord(session) && reads(actor, session),
  'notes.read': (actor, session) =>
    isRevealed(session.status) && (reads(actor, session) || displays(actor, session)),
  'notes.write': (actor, session) =>
    session.status === 'review' &&
    (ownPlace(actor, session) === undefined || openPlace(actor, session) !== undefined) &&
    (facilitates(actor, session) || (openPlace(actor, session)?.state ?? 'excused') !== 'excused'),
} satisfies Record<string, SessionRule>;

export type SessionAction = keyof typeof sessionRules;

type ScorecardRule = (actor: Actor, scorecard: ScorecardSubject) => boolean;

const scorecardRules = {
  'scorecard.read': (actor, scorecard) =>
    mayListIn(actor.access, scorecard.scope) &&
    (holds(actor, 'scorecard.manage') ||
      (scorecard.published &&
        (holds(actor, 'evaluation.create') ||
          holds(actor, 'calibration.manage') ||
          holds(actor, 'report.read')))),
  'scorecard.change': (actor, scorecard) =>
    holds(actor, 'scorecard.manage') && mayChangeIn(actor.access, scorecard.scope),
} satisfies Record<string, ScorecardRule>;

export type ScorecardAction = keyof typeof scorecardRules;

const sameOrganisation = (actor: Actor, subject: { organisationId: string }) =>
  actor.organisationId === subject.organisationId;

/** Whether the actor may do this to the session. Another organisation's, or one beyond a limit, is denied before any rule is asked. */
export function maySession(actor: Actor | null, action: SessionAction, session: SessionSubject): boolean {
  if (actor === null || !sameOrganisation(actor, session)) return false;
  if (actor.limit !== null && actor.limit.sessionId !== session.id) return false;
  return sessionRules[action](actor, session);
}

/** Whether the actor may do this to the scorecard. */
export function mayScorecard(
  actor: Actor | null,
  action: ScorecardAction,
  scorecard: ScorecardSubject,
): boolean {
  if (actor === null || actor.limit !== null) return false;
  return sameOrganisation(actor, scorecard) && scorecardRules[action](actor, scorecard);
}

type GeneralRule = (actor: Actor) => boolean;

/** What is done to no one object, such as opening the list of calibrations: what one may of these is told with `/api/me`. */
export const generalActions = [
  'calibrations.list',
  'calibrations.create',
  'scorecards.list',
  'scorecards.create',
  'members.list',
  'members.administer',
  'organisation.change',
  'clients.list',
  'clients.change',
  'notifications.read',
  'account.manage',
] as const;
export type GeneralAction = (typeof generalActions)[number];

const generalRules: Record<GeneralAction, GeneralRule> = {
  'calibrations.list': (actor) =>
    holds(actor, 'calibration.manage') ||
    holds(actor, 'calibration.participate') ||
    holds(actor, 'report.read'),
  'calibrations.create': (actor) => holds(actor, 'calibration.manage'),
  'scorecards.list': (actor) =>
    holds(actor, 'scorecard.manage') ||
    holds(actor, 'evaluation.create') ||
    holds(actor, 'calibration.manage') ||
    holds(actor, 'report.read'),
  'scorecards.create': (actor) => holds(actor, 'scorecard.manage'),
  'members.list': (actor) => holds(actor, 'calibration.manage') || holds(actor, 'organisation.admin'),
  'members.administer': (actor) => holds(actor, 'organisation.admin'),
  // What is set for the organisation holds for everybody in it.
  'organisation.change': (actor) =>
    holds(actor, 'organisation.admin') && mayChangeIn(actor.access, wholeOrganisation),
  // A new client belongs to the whole organisation until somebody is granted it.
  'clients.change': (actor) =>
    holds(actor, 'organisation.admin') && mayChangeIn(actor.access, wholeOrganisation),
  // Those one works for a part of, one's own inbox and one's own account, whatever one's roles.
  'clients.list': () => true,
  'notifications.read': () => true,
  'account.manage': () => true,
};

/** Whether the actor may do what is done to no one object. Nothing of it is for who came by a session's own link. */
export function mayDo(actor: Actor | null, action: GeneralAction): boolean {
  return actor !== null && actor.limit === null && generalRules[action](actor);
}

/** Whether the actor may rename or archive a client, and change its lines: the access includes all of it (O4). */
export const mayChangeClient = (actor: Actor, clientId: string): boolean =>
  mayDo(actor, 'members.administer') && mayChangeIn(actor.access, { kind: 'client', clientId });

/** Whether the actor may bring in a file of this kind: whoever may do by hand what is in it (E10). */
export const mayImport = (actor: Actor | null, kind: 'members' | 'scorecard'): boolean =>
  mayDo(actor, kind === 'members' ? 'members.administer' : 'scorecards.create');

/** All of these that the actor may do, in the order of `generalActions`. */
export const allowedTo = (actor: Actor): GeneralAction[] =>
  generalActions.filter((action) => mayDo(actor, action));
