// Who cannot take part or facilitate, and why: read from a refusal, and said of a person by name.

import type { Access, Grant, HinderedMember, Hindrance } from '@attune/domain';
import { m } from '../paraglide/messages.js';
import { hindranceText } from '../texts/may-not.ts';
import type { NamedClient } from './access.ts';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const isGrant = (value: unknown): value is Grant =>
  isFields(value) &&
  typeof value.clientId === 'string' &&
  (value.lobId === null || typeof value.lobId === 'string');

function hindranceIn({ why, access }: Fields): Hindrance | null {
  if (why === 'deactivated' || why === 'no-sign-in' || why === 'role' || why === 'unknown' || why === 'guest')
    return { why };
  if (why !== 'elsewhere') return null;
  const grants = isFields(access) && Array.isArray(access.grants) ? access.grants.filter(isGrant) : [];
  return { why, access: { kind: 'grants', grants } };
}

/** Everyone whom a refusal names, each with the reason; empty where it is about something else. */
function hinderedIn(extensions: Fields): HinderedMember[] {
  const { refusal } = extensions;
  if (!isFields(refusal) || !Array.isArray(refusal.people)) return [];
  return refusal.people.filter(isFields).flatMap((one) => {
    const hindrance = hindranceIn(one);
    return hindrance && typeof one.memberId === 'string' ? [{ memberId: one.memberId, ...hindrance }] : [];
  });
}

/** What the access includes, by the names the reader may know; clients the reader does not know count as others. */
function worksFor(access: Access, clients: readonly NamedClient[]): { names: string[]; andOthers: boolean } {
  if (access.kind === 'organisation') return { names: [], andOthers: true };
  const names = access.grants.flatMap(({ clientId, lobId }) => {
    const client = clients.find(({ id }) => id === clientId);
    if (!client) return [];
    if (lobId === null) return [client.name];
    const lob = client.lobs.find(({ id }) => id === lobId);
    return lob ? [m.people_lobOf({ client: client.name, lob: lob.name })] : [];
  });
  return { names, andOthers: names.length < access.grants.length };
}

/** The reason as it follows a name: "works for Kestrel Bank only". */
export function hindranceOf(
  hindrance: Hindrance,
  clients: readonly NamedClient[],
  doing?: 'take part' | 'facilitate',
): string {
  const works =
    hindrance.why === 'elsewhere' ? worksFor(hindrance.access, clients) : { names: [], andOthers: false };
  return hindranceText(hindrance, works, doing);
}

/** A sentence about each person whom a refusal names. */
export const hinderedSentences = (
  extensions: Fields,
  nameOf: (memberId: string) => string | undefined,
  clients: readonly NamedClient[],
  doing?: 'take part' | 'facilitate',
): string[] =>
  hinderedIn(extensions).map(
    (one) => `${nameOf(one.memberId) ?? m.people_someone()} ${hindranceOf(one, clients, doing)}.`,
  );
