import { describe, expect, it } from 'vitest';
import type { Access, Grant, Scope } from './access.ts';
import {
  type Actor,
  allowedTo,
  displayActor,
  type GeneralAction,
  generalActions,
  guestActor,
  mayDo,
  mayScorecard,
  maySession,
  permissions,
  permissionsOf,
  type Role,
  roles,
  type SessionAction,
  type SessionSubject,
} from './permission.ts';
import { type SessionStatus, sessionStatuses } from './session/status.ts';

const acme: Scope = { kind: 'client', clientId: 'acme' };
const everywhere: Access = { kind: 'organisation' };
const granted = (...grants: Grant[]): Access => ({ kind: 'grants', grants });
const wholeAcme = granted({ clientId: 'acme', lobId: null });
const onlySales = granted({ clientId: 'acme', lobId: 'sales' });

describe('roles', () => {
  it('[O2] each role grants what the table of the product says', () => {
    expect(permissionsOf(['admin'])).toEqual(permissions);
    expect(permissionsOf(['lead'])).toEqual(permissions.filter((one) => one !== 'organisation.admin'));
    expect(permissionsOf(['evaluator'])).toEqual([
      'evaluation.create',
      'evaluation.read',
      'calibration.participate',
    ]);
    expect(permissionsOf(['manager'])).toEqual(['evaluation.read', 'report.read', 'coaching.write']);
    expect(permissionsOf(['agent'])).toEqual(['evaluation.read.own']);
    expect(permissionsOf([])).toEqual([]);
    expect(permissionsOf(['agent', 'manager'])).toContain('evaluation.read.own');
  });

  const actorWith = (...memberRoles: Role[]): Actor => ({
    memberId: 'ana',
    organisationId: 'centre',
    permissions: permissionsOf(memberRoles),
    access: everywhere,
    shutPlaces: [],
    limit: null,
  });
  const allowed: Record<Role, readonly GeneralAction[]> = {
    admin: generalActions,
    lead: [
      'calibrations.list',
      'calibrations.create',
      'scorecards.list',
      'scorecards.create',
      'members.list',
      'clients.list',
      'notifications.read',
      'account.manage',
    ],
    evaluator: [
      'calibrations.list',
      'scorecards.list',
      'clients.list',
      'notifications.read',
      'account.manage',
    ],
    manager: ['calibrations.list', 'scorecards.list', 'clients.list', 'notifications.read', 'account.manage'],
    agent: ['clients.list', 'notifications.read', 'account.manage'],
  };
  for (const role of roles) {
    it(`[O2] ${role} may open and make: ${allowed[role].join(', ')}`, () => {
      expect(allowedTo(actorWith(role))).toEqual(allowed[role]);
      expect(generalActions.filter((action) => mayDo(null, action))).toEqual([]);
    });
  }

  it('[O4] changes the organisation only with access to the whole of it', () => {
    expect(mayDo(actorWith('admin'), 'organisation.change')).toBe(true);
    expect(mayDo({ ...actorWith('admin'), access: wholeAcme }, 'organisation.change')).toBe(false);
    expect(mayDo(actorWith('lead'), 'organisation.change')).toBe(false);
  });

  it('[O4] adds clients only with access to the whole organisation', () => {
    expect(mayDo(actorWith('admin'), 'clients.change')).toBe(true);
    expect(mayDo({ ...actorWith('admin'), access: wholeAcme }, 'clients.change')).toBe(false);
    expect(mayDo(actorWith('lead'), 'clients.change')).toBe(false);
  });

  it('[J2] a sign-in limited to a session opens nothing else, whatever the roles', () => {
    const limited: Actor = { ...actorWith('admin'), limit: { sessionId: 'session', as: 'person' } };
    expect(allowedTo(limited)).toEqual([]);
    const published = { organisationId: 'centre', scope: acme, published: true };
    expect(mayScorecard(limited, 'scorecard.read', published)).toBe(false);
  });

  it('[S1] drafts of scorecards are for those who manage them; published ones for whoever works with them in reach', () => {
    const draft = { organisationId: 'centre', scope: acme, published: false };
    const published = { ...draft, published: true };
    const reading = (actor: Actor) => [
      mayScorecard(actor, 'scorecard.read', draft),
      mayScorecard(actor, 'scorecard.read', published),
      mayScorecard(actor, 'scorecard.change', draft),
    ];
    expect(reading(actorWith('lead'))).toEqual([true, true, true]);
    expect(reading({ ...actorWith('lead'), access: onlySales })).toEqual([true, true, false]);
    expect(reading(actorWith('evaluator'))).toEqual([false, true, false]);
    expect(reading(actorWith('agent'))).toEqual([false, false, false]);
    const elsewhere = granted({ clientId: 'bolt', lobId: null });
    const everyones = { ...published, scope: { kind: 'organisation' } } as const;
    const limited = { ...actorWith('lead'), access: elsewhere };
    expect(mayScorecard(limited, 'scorecard.read', everyones)).toBe(true);
    expect(mayScorecard(limited, 'scorecard.change', everyones)).toBe(false);
    expect(reading({ ...actorWith('admin'), access: elsewhere })).toEqual([false, false, false]);
    expect(reading({ ...actorWith('admin'), organisationId: 'rival' })).toEqual([false, false, false]);
    expect(mayScorecard(null, 'scorecard.read', published)).toBe(false);
  });
});

const subject = (
  status: SessionStatus,
  state: 'scoring' | 'submitted' | 'excused',
  scope: Scope = acme,
): SessionSubject => ({
  id: 'session',
  organisationId: 'centre',
  status,
  scope,
  facilitatorId: 'lea',
  participants: [
    { id: 'p-eva', memberId: 'eva', state },
    { id: 'p-pia', memberId: 'pia', state },
    { id: 'p-ben', memberId: 'ben', state: status === 'scoring' ? 'scoring' : 'submitted' },
  ],
  observers: ['obi', 'olga'],
  waiting: ['wes'],
  putOut: ['pia', 'olga'],
});

const member = (memberId: string, role: Role, access: Access = wholeAcme): Actor => ({
  memberId,
  organisationId: 'centre',
  permissions: permissionsOf([role]),
  access,
  shutPlaces: [],
  limit: null,
});

/** Actions by the first letter of each status they are allowed in: d, s, v (review), r, c. */
type Rights = Readonly<Record<SessionAction, string>>;

const letters: Record<SessionStatus, string> = {
  draft: 'd',
  scoring: 's',
  review: 'v',
  resolved: 'r',
  closed: 'c',
};
const nothing: Rights = {
  'session.read': '',
  'session.wait': '',
  'excuse.read': '',
  'session.facilitate': '',
  'session.take-over': '',
  'sheet.write': '',
  'sheet.read': '',
  'sheet.submit': '',
  'place.restart': '',
  'device.allow': '',
  'board.read': '',
  'record.read': '',
  'notes.read': '',
  'notes.write': '',
  'revote.vote': '',
};
const everyStep = 'dsvrc';
const reader: Rights = {
  ...nothing,
  'session.read': everyStep,
  'board.read': 'vrc',
  'notes.read': 'vrc',
  'record.read': 'rc',
};

function rightsOf(actor: Actor | null, state: 'scoring' | 'submitted' | 'excused', scope?: Scope): Rights {
  const stateIn = (status: SessionStatus) =>
    state === 'excused' || status === 'scoring' ? state : status === 'draft' ? 'scoring' : 'submitted';
  const inStatuses = (action: SessionAction) =>
    sessionStatuses
      .filter((status) => maySession(actor, action, subject(status, stateIn(status), scope)))
      .map((status) => letters[status])
      .join('');
  return {
    'session.read': inStatuses('session.read'),
    'session.wait': inStatuses('session.wait'),
    'excuse.read': inStatuses('excuse.read'),
    'session.facilitate': inStatuses('session.facilitate'),
    'session.take-over': inStatuses('session.take-over'),
    'sheet.write': inStatuses('sheet.write'),
    'sheet.read': inStatuses('sheet.read'),
    'sheet.submit': inStatuses('sheet.submit'),
    'place.restart': inStatuses('place.restart'),
    'device.allow': inStatuses('device.allow'),
    'board.read': inStatuses('board.read'),
    'record.read': inStatuses('record.read'),
    'notes.read': inStatuses('notes.read'),
    'notes.write': inStatuses('notes.write'),
    'revote.vote': inStatuses('revote.vote'),
  };
}

describe('six callers and the rest, every action in every status', () => {
  const participant: Rights = {
    ...reader,
    'sheet.write': 's',
    'sheet.read': 's',
    'sheet.submit': everyStep,
    'notes.write': 'v',
    'revote.vote': 'v',
  };
  const table: readonly [string, Actor | null, Rights][] = [
    ['nobody', null, nothing],
    ['a stranger without a permission', { ...member('xan', 'agent'), permissions: [] }, nothing],
    [
      'the admin of another organisation',
      { ...member('lea', 'admin', everywhere), organisationId: 'rival' },
      nothing,
    ],
    [
      'a lead with the wrong scope',
      member('max', 'lead', granted({ clientId: 'bolt', lobId: null })),
      nothing,
    ],
    ['an agent, even one listed as a participant', member('eva', 'agent'), nothing],
    [
      'the facilitator',
      member('lea', 'lead'),
      { ...reader, 'session.facilitate': everyStep, 'notes.write': 'v' },
    ],
    [
      'another lead who works for the client',
      member('max', 'lead'),
      { ...reader, 'session.take-over': 'dsvr' },
    ],
    [
      'the facilitator whose access was taken',
      member('lea', 'lead', granted({ clientId: 'bolt', lobId: null })),
      nothing,
    ],
    ['an evaluator who does not take part', member('ida', 'evaluator'), nothing],
    [
      'a manager in reach',
      member('mia', 'manager', onlySales),
      {
        ...nothing,
        'session.read': 'rc',
        'board.read': 'rc',
        'notes.read': 'rc',
        'record.read': 'rc',
      },
    ],
    ['a participant', member('eva', 'evaluator'), participant],
    ['a participant who works for a part of the client only', member('eva', 'evaluator', onlySales), nothing],
    ['an observer', member('obi', 'evaluator'), reader],
    ['an observer who works for a part of the client only', member('obi', 'evaluator', onlySales), nothing],
    [
      'a guest who was admitted',
      guestActor('centre', 'eva', 'session'),
      { ...participant, 'device.allow': everyStep },
    ],
    ['a guest who watches', guestActor('centre', 'obi', 'session'), { ...reader, 'device.allow': everyStep }],
    [
      'a participant whose account somebody else reset: neither sheet, vote nor notes, in no status',
      { ...member('eva', 'evaluator'), shutPlaces: ['p-eva'] },
      { ...reader, 'place.restart': 's' },
    ],
    [
      'a facilitator who scores too, likewise',
      { ...member('lea', 'lead'), memberId: 'eva', shutPlaces: ['p-eva'] },
      { ...reader, 'place.restart': 's', 'session.take-over': 'dsvr' },
    ],
    [
      'a participant whose place in another session is shut',
      { ...member('eva', 'evaluator'), shutPlaces: ['p-elsewhere'] },
      participant,
    ],
    [
      'a guest in the lobby',
      guestActor('centre', 'wes', 'session'),
      { ...nothing, 'session.wait': everyStep },
    ],
    ['a guest of another session', guestActor('centre', 'eva', 'other'), nothing],
    [
      'a display',
      displayActor('centre', 'session'),
      { ...nothing, 'session.read': everyStep, 'board.read': 'vrc', 'notes.read': 'vrc' },
    ],
    ['a display of another session', displayActor('centre', 'other'), nothing],
    ['a display of another organisation', displayActor('rival', 'session'), nothing],
  ];
  for (const [name, actor, rights] of table) {
    it(`[O2] ${name}`, () => {
      expect(rightsOf(actor, 'scoring')).toEqual(rights);
    });
  }

  it('[O4] what is organisation-wide is open to whoever has the permission, whatever part they work for', () => {
    const open = (one: Actor) => rightsOf(one, 'scoring', { kind: 'organisation' });
    for (const access of [everywhere, wholeAcme, onlySales, granted()]) {
      expect(open(member('eva', 'evaluator', access))).toEqual(participant);
      expect(open(member('obi', 'evaluator', access))).toEqual(reader);
      expect(open(member('ida', 'evaluator', access))).toEqual(nothing);
      expect(open(member('lea', 'lead', access))['session.facilitate']).toBe(everyStep);
      expect(open(member('max', 'lead', access))).toEqual({ ...reader, 'session.take-over': 'dsvr' });
      expect(open(member('mia', 'manager', access))['record.read']).toBe('rc');
      expect(open(member('eva', 'agent', access))).toEqual(nothing);
    }
  });

  it('[C5] a participant who has submitted reads the sheet and no longer types in it', () => {
    expect(rightsOf(member('eva', 'evaluator'), 'submitted')).toEqual({ ...participant, 'sheet.write': '' });
  });

  it('[C7] an excused participant reads that they are excused, and nothing else of the session', () => {
    const told: Rights = { ...nothing, 'session.wait': everyStep, 'excuse.read': everyStep };
    expect(rightsOf(member('eva', 'evaluator'), 'excused')).toEqual(told);
    expect(rightsOf(guestActor('centre', 'eva', 'session'), 'excused')).toEqual(told);
    expect(rightsOf(member('eva', 'evaluator', onlySales), 'excused')).toEqual(nothing);
  });

  it('[C7] an excused participant who may read the session anyway still does, and writes nothing', () => {
    const excused = { 'session.wait': everyStep, 'excuse.read': everyStep };
    expect(rightsOf(member('eva', 'lead'), 'excused')).toEqual({
      ...reader,
      ...excused,
      'session.take-over': 'dsvr',
    });
    const reports: Actor = {
      ...member('eva', 'evaluator'),
      permissions: ['calibration.participate', 'report.read'],
    };
    expect(rightsOf(reports, 'excused')).toEqual({
      ...nothing,
      ...excused,
      'session.read': 'rc',
      'board.read': 'rc',
      'notes.read': 'rc',
      'record.read': 'rc',
    });
  });

  it('[C12] whoever was put out reads and writes nothing, whatever place they had', () => {
    for (const state of ['scoring', 'submitted', 'excused'] as const)
      for (const actor of [
        member('pia', 'evaluator'),
        guestActor('centre', 'pia', 'session'),
        member('olga', 'evaluator'),
        guestActor('centre', 'olga', 'session'),
      ])
        expect([state, actor.memberId, rightsOf(actor, state)]).toEqual([state, actor.memberId, nothing]);
  });

  it('[C12] a lead who was put out keeps what the role gives, and no place', () => {
    expect(rightsOf(member('pia', 'lead'), 'submitted')).toEqual({ ...reader, 'session.take-over': 'dsvr' });
  });

  it('[C5] nobody reads or types in a sheet but a participant in scoring, the facilitator and admins included', () => {
    for (const role of roles) {
      const rights = rightsOf(member('boss', role, everywhere), 'scoring');
      expect([rights['sheet.read'], rights['sheet.write'], rights['sheet.submit']]).toEqual(['', '', '']);
    }
  });
});
