// Who a member with an account acts as.
import { permissionsOf } from '@attune/domain';
import { expect, it } from 'vitest';
import { actorOf } from './actor.ts';

const member = {
  id: 'ana',
  organisationId: 'centre',
  roles: ['lead', 'manager'],
  access: { kind: 'grants', grants: [{ clientId: 'acme', lobId: null }] },
} as const;

it('[O2] a sign-in of one’s own does all that the roles grant, within one’s access', () => {
  const { id: memberId, organisationId, roles, access } = member;
  const permissions = permissionsOf(roles);
  expect(actorOf(member, null)).toEqual({ memberId, organisationId, permissions, access, limit: null });
});

it('[J1] a personal invite lets one take part in its session, whatever the roles', () => {
  const limit = { sessionId: 'march', as: 'person' } as const;
  const actor = actorOf(member, limit);
  expect([actor.permissions, actor.limit]).toEqual([['calibration.participate'], limit]);
  expect(actorOf({ ...member, roles: ['manager'] }, limit).permissions).toEqual([]);
});
