import { describe, expect, it } from 'vitest';
import type { Access, Scope } from './access.ts';
import {
  leavesNoAdmin,
  type MemberSubject,
  takesPartInCalibrations,
  whyNotFacilitate,
  whyNotStay,
  whyNotTakePart,
} from './member.ts';
import { type Role, roles } from './permission.ts';

const organisation: Scope = { kind: 'organisation' };
const acme: Scope = { kind: 'client', clientId: 'acme' };
const everywhere: Access = { kind: 'organisation' };
const onlyBolt: Access = { kind: 'grants', grants: [{ clientId: 'bolt', lobId: null }] };
const member = (role: Role, change: Partial<MemberSubject> = {}): MemberSubject => ({
  hasSignIn: true,
  active: true,
  roles: [role],
  access: everywhere,
  ...change,
});
const whichRoles = (may: (one: MemberSubject) => boolean, change: Partial<MemberSubject> = {}) =>
  roles.filter((role) => may(member(role, change)));

describe('whom a session may have', () => {
  it('[C4] admins, leads and evaluators score, while they are active and work for the client', () => {
    const scores = (one: MemberSubject) => whyNotTakePart(one, acme) === null;
    expect(whichRoles(scores)).toEqual(['admin', 'lead', 'evaluator']);
    expect(whichRoles(scores, { active: false })).toEqual([]);
    expect(whichRoles(scores, { access: onlyBolt })).toEqual([]);
  });

  it('[C3] admins and leads facilitate, while they are active and work for the client', () => {
    const facilitates = (one: MemberSubject) => whyNotFacilitate(one, acme) === null;
    expect(whichRoles(facilitates)).toEqual(['admin', 'lead']);
    expect(whichRoles(facilitates, { active: false })).toEqual([]);
    expect(whichRoles(facilitates, { access: onlyBolt })).toEqual([]);
  });

  it('[O4] what is organisation-wide shuts nobody out for whom they work for', () => {
    const limited = { access: onlyBolt };
    expect(whichRoles((one) => whyNotTakePart(one, organisation) === null, limited)).toEqual([
      'admin',
      'lead',
      'evaluator',
    ]);
    expect(whichRoles((one) => whyNotFacilitate(one, organisation) === null, limited)).toEqual([
      'admin',
      'lead',
    ]);
  });

  it('[O4] says the reason that counts: deactivated, no such role, works elsewhere', () => {
    const why = (role: Role, change: Partial<MemberSubject> = {}) =>
      whyNotTakePart(member(role, { access: onlyBolt, ...change }), acme);
    expect(why('agent', { active: false })).toEqual({ why: 'deactivated' });
    expect(why('agent')).toEqual({ why: 'role' });
    expect(why('manager')).toEqual({ why: 'role' });
    expect(why('evaluator')).toEqual({ why: 'elsewhere', access: onlyBolt });
    expect(whyNotFacilitate(member('evaluator'), acme)).toEqual({ why: 'role' });
  });

  it('[O2 C4] nobody takes part or facilitates who cannot sign in', () => {
    const unsigned = { hasSignIn: false };
    expect(whyNotTakePart(member('lead', unsigned), acme)).toEqual({ why: 'no-sign-in' });
    expect(whyNotFacilitate(member('admin', unsigned), acme)).toEqual({ why: 'no-sign-in' });
    expect(whyNotTakePart(member('lead', { ...unsigned, active: false }), acme)).toEqual({
      why: 'deactivated',
    });
    expect(takesPartInCalibrations(member('lead', unsigned))).toBe(false);
  });

  it('[J1] a guest stays in what is organisation-wide, a member where they may take part', () => {
    const guest = { guest: true, access: everywhere };
    expect([whyNotStay(guest, organisation), whyNotStay(guest, acme)]).toEqual([null, { why: 'guest' }]);
    expect(whyNotStay({ guest: false, access: everywhere }, acme)).toBeNull();
    expect(whyNotStay({ guest: false, access: onlyBolt }, acme)).toEqual({
      why: 'elsewhere',
      access: onlyBolt,
    });
    expect(whyNotStay({ guest: false, access: onlyBolt }, organisation)).toBeNull();
  });
});

describe('the last administrator', () => {
  const admin = member('admin');

  it('[O2] neither loses the role nor is deactivated', () => {
    expect(leavesNoAdmin(admin, member('lead'), [member('lead')])).toBe(true);
    expect(leavesNoAdmin(admin, member('admin', { active: false }), [])).toBe(true);
    expect(leavesNoAdmin(admin, member('lead'), [member('admin', { active: false })])).toBe(true);
    expect(leavesNoAdmin(admin, member('lead'), [member('admin', { hasSignIn: false })])).toBe(true);
  });

  it('[O2] is not meant by a change that leaves one, or that takes none', () => {
    expect(leavesNoAdmin(admin, member('lead'), [admin])).toBe(false);
    expect(leavesNoAdmin(admin, member('admin', { roles: ['admin', 'lead'] }), [])).toBe(false);
    expect(leavesNoAdmin(member('lead'), member('agent'), [])).toBe(false);
  });
});
