// A scope in words: the whole organisation, a client, or one of its lines of business.
import type { ClientView } from '@attune/contract';
import { type Scope, wholeOrganisation } from '@attune/domain';
import { offeredClients } from '../lib/clients.ts';
import { scopeKey } from '../lib/settings-form.ts';
import { m } from '../paraglide/messages.js';

interface Scoped {
  readonly clientName: string | null;
  readonly lobName: string | null;
}

/** `Organisation-wide`, `Northwind`, `Northwind, Claims`. */
export const scopeText = ({ clientName, lobName }: Scoped): string =>
  clientName === null ? m.scope_organisation() : lobName === null ? clientName : `${clientName}, ${lobName}`;

/** A scope by the names the reader may know; of another one what kind it is. */
export function nameOfScope(scope: Scope, clients: readonly ClientView[]): string {
  if (scope.kind === 'organisation') return m.scope_organisation();
  const client = clients.find(({ id }) => id === scope.clientId);
  const lob = scope.kind === 'lob' ? client?.lobs.find(({ id }) => id === scope.lobId) : null;
  if (!client || lob === undefined) return m.scorecards_scope({ kind: scope.kind });
  return scopeText({ clientName: client.name, lobName: lob?.name ?? null });
}

/** What something may be for: everyone, then clients with their lines; as the values of a choice. @param may which are open to the reader */
export const scopeOptions = (clients: readonly ClientView[], may: (scope: Scope) => boolean) =>
  [
    { scope: wholeOrganisation, label: m.scope_organisation() },
    ...offeredClients(clients).map(({ clientId, lobId, ...names }) => ({
      scope:
        lobId === null ? { kind: 'client' as const, clientId } : { kind: 'lob' as const, clientId, lobId },
      label: scopeText(names),
    })),
  ]
    .filter(({ scope }) => may(scope))
    .map(({ scope, label }) => ({ value: scopeKey(scope), label }));
