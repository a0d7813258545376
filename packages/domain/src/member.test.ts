import { describe, expect, it } from 'vitest';
import { leavesNoAdmin, type MemberSubject, mayRun, mayStay, mayTakePart } from './member.ts';
import { type Access, type Role, roles, type Scope } from './permission.ts';

const organisation: Scope = { kind: 'organisation' };
const acme: Scope = { kind: 'client', clientId: 'acme' };
const everywhere: Access = { kind: 'organisation' };
const onlyBolt: Access = { kind: 'grants', grants: [{ clientId: 'bolt', lobId: null }] };
const member = (role: Role, change: Partial<MemberSubject> = {}): MemberSubject => ({
  active: true,
  roles: [role],
  access: everywhere,
  ...change,
});
const whichRoles = (may: (one: MemberSubject) => boolean, change: Partial<MemberSubject> = {}) =>
  roles.filter((role) => may(member(role, change)));

describe('whom a session may have', () => {
  it('[C4] admins, leads and evaluators score, while they are active and cover the scope', () => {
    const scores = (one: MemberSubject) => mayTakePart(one, acme);
    expect(whichRoles(scores)).toEqual(['admin', 'lead', 'evaluator']);
    expect(whichRoles(scores, { active: false })).toEqual([]);
    expect(whichRoles(scores, { access: onlyBolt })).toEqual([]);
  });

  it('[C3] admins and leads facilitate, while they are active and cover the scope', () => {
    const facilitates = (one: MemberSubject) => mayRun(one, acme);
    expect(whichRoles(facilitates)).toEqual(['admin', 'lead']);
    expect(whichRoles(facilitates, { active: false })).toEqual([]);
    expect(whichRoles(facilitates, { access: onlyBolt })).toEqual([]);
  });

  it('[J1] a guest stays in what is the whole organisation’s, a member in what they cover', () => {
    const guest = { guest: true, access: everywhere };
    expect([mayStay(guest, organisation), mayStay(guest, acme)]).toEqual([true, false]);
    expect(mayStay({ guest: false, access: everywhere }, acme)).toBe(true);
    expect(mayStay({ guest: false, access: onlyBolt }, acme)).toBe(false);
  });
});

describe('the last administrator', () => {
  const admin = member('admin');

  it('[O2] neither loses the role nor is deactivated', () => {
    expect(leavesNoAdmin(admin, member('lead'), [member('lead')])).toBe(true);
    expect(leavesNoAdmin(admin, member('admin', { active: false }), [])).toBe(true);
    expect(leavesNoAdmin(admin, member('lead'), [member('admin', { active: false })])).toBe(true);
  });

  it('[O2] is not meant by a change that leaves one, or that takes none', () => {
    expect(leavesNoAdmin(admin, member('lead'), [admin])).toBe(false);
    expect(leavesNoAdmin(admin, member('admin', { roles: ['admin', 'lead'] }), [])).toBe(false);
    expect(leavesNoAdmin(member('lead'), member('agent'), [])).toBe(false);
  });
});
