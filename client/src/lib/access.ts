// Access in words and as choices: the whole organisation, clients, single lines of business.
import type { ClientView } from '@attune/contract';
import type { Access, Grant } from '@attune/domain';
import { people } from '../texts/people.ts';

/** What the access includes, each part as words; clients in their own order. */
export function accessParts(access: Access, clients: readonly ClientView[]): string[] {
  if (access.kind === 'organisation') return [people.wholeOrganisation];
  return access.grants.map((grant) => {
    const client = clients.find(({ id }) => id === grant.clientId);
    if (!client) return people.unknownClient;
    if (grant.lobId === null) return people.allOf(client.name);
    const lob = client.lobs.find(({ id }) => id === grant.lobId);
    return lob ? people.lobOf(client.name, lob.name) : people.unknownClient;
  });
}

const same = (a: Grant, b: Grant) => a.clientId === b.clientId && a.lobId === b.lobId;

export const hasGrant = (grants: readonly Grant[], grant: Grant): boolean =>
  grants.some((other) => same(other, grant));

/** Adds or takes away a grant. A whole client swallows its single lines. */
export function toggleGrant(grants: readonly Grant[], grant: Grant): Grant[] {
  if (hasGrant(grants, grant)) return grants.filter((other) => !same(other, grant));
  const kept = grant.lobId === null ? grants.filter(({ clientId }) => clientId !== grant.clientId) : grants;
  return [...kept, grant];
}
