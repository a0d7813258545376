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
  const shutPlaces = ['p-ana'];
  expect(actorOf(member, shutPlaces)).toEqual({
    memberId,
    organisationId,
    permissions,
    access,
    shutPlaces,
    limit: null,
  });
});
