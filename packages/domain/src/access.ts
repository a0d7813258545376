// What part of the organisation something belongs to (scope), what part a member works for (access), and the four questions asked
// of the two (O3, O4). An empty scope is the whole organisation, and open to everyone: only what changes it needs all of it.

/** What part of the organisation something belongs to (O4). */
export type Scope =
  | { readonly kind: 'organisation' }
  | { readonly kind: 'client'; readonly clientId: string }
  | { readonly kind: 'lob'; readonly clientId: string; readonly lobId: string };

export const wholeOrganisation: Scope = { kind: 'organisation' };

/** Whether two scopes are one. */
export const isSameScope = (one: Scope, other: Scope): boolean =>
  one.kind === other.kind &&
  (one.kind === 'organisation' || (other.kind !== 'organisation' && one.clientId === other.clientId)) &&
  (one.kind !== 'lob' || (other.kind === 'lob' && one.lobId === other.lobId));

/** A whole client (`lobId` null), or one of its lines of business. */
export interface Grant {
  readonly clientId: string;
  readonly lobId: string | null;
}

/** What part of the organisation a member works for (O3). */
export type Access =
  | { readonly kind: 'organisation' }
  | { readonly kind: 'grants'; readonly grants: readonly Grant[] };

type Question = (access: Access, scope: Scope) => boolean;

/** Whether the access has all of the scope: an LOB grant does not have its client, nor a client the organisation. */
const includes: Question = (access, scope) => {
  if (access.kind === 'organisation') return true;
  if (scope.kind === 'organisation') return false;
  return access.grants.some(
    (grant) =>
      grant.clientId === scope.clientId &&
      (grant.lobId === null || (scope.kind === 'lob' && grant.lobId === scope.lobId)),
  );
};

/** To take part, and to facilitate: an empty scope is open to everyone, a set one to those whose access includes all of it. */
export const mayTakePartIn: Question = (access, scope) =>
  scope.kind === 'organisation' || includes(access, scope);

/** To read an evaluation, a recording or a note, in a list too: as for taking part. */
export const mayReadIn: Question = mayTakePartIn;

/** To change scorecards and clients: the access includes all of it, and nobody changes what is everyone's without all access. */
export const mayChangeIn: Question = includes;

/** To find sessions and scorecards in a list, and in reports: what is organisation-wide, and what the access has a part of. */
export const mayListIn: Question = (access, scope) => {
  if (access.kind === 'organisation' || scope.kind === 'organisation') return true;
  return access.grants.some(
    (grant) =>
      grant.clientId === scope.clientId &&
      (grant.lobId === null || scope.kind === 'client' || grant.lobId === scope.lobId),
  );
};

/** Whether a scope lies within another: a line within its client, everything within the organisation. */
export const isWithin = (scope: Scope, whole: Scope): boolean =>
  whole.kind === 'organisation' ||
  includes(
    {
      kind: 'grants',
      grants: [{ clientId: whole.clientId, lobId: whole.kind === 'lob' ? whole.lobId : null }],
    },
    scope,
  );

/** A guest works for no client: a session with a scope is for members (O4, J1). */
export const admitsGuests = (scope: Scope): boolean => scope.kind === 'organisation';
