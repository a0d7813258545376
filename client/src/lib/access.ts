// Access in words and as choices: the whole organisation, clients, single lines of business.
import type { Access, Grant } from '@attune/domain';
import { m } from '../paraglide/messages.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** A client and its lines, by the names the reader may know. */
export interface NamedClient extends Named {
  readonly lobs: readonly Named[];
}

/** What the access includes, each part as words; clients in their own order. */
export function accessParts(access: Access, clients: readonly NamedClient[]): string[] {
  if (access.kind === 'organisation') return [m.people_wholeOrganisation()];
  return access.grants.map((grant) => {
    const client = clients.find(({ id }) => id === grant.clientId);
    if (!client) return m.people_unknownClient();
    if (grant.lobId === null) return client.name;
    const lob = client.lobs.find(({ id }) => id === grant.lobId);
    return lob ? m.people_lobOf({ client: client.name, lob: lob.name }) : m.people_unknownClient();
  });
}

const same = (a: Grant, b: Grant) => a.clientId === b.clientId && a.lobId === b.lobId;

export const hasGrant = (grants: readonly Grant[], grant: Grant): boolean =>
  grants.some((other) => same(other, grant));

/** Adds or removes a grant. A grant of a whole client replaces those of its lines. */
export function toggleGrant(grants: readonly Grant[], grant: Grant): Grant[] {
  if (hasGrant(grants, grant)) return grants.filter((other) => !same(other, grant));
  const kept = grant.lobId === null ? grants.filter(({ clientId }) => clientId !== grant.clientId) : grants;
  return [...kept, grant];
}
