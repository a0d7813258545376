// A scope as two nullable columns, the same in every table that has one.
import type { Scope } from '@attune/domain';

interface ScopeColumns {
  readonly clientId: string | null;
  readonly lobId: string | null;
}

/** The scope two nullable columns stand for. */
export function scopeOfColumns({ clientId, lobId }: ScopeColumns): Scope {
  if (clientId === null) return { kind: 'organisation' };
  return lobId === null ? { kind: 'client', clientId } : { kind: 'lob', clientId, lobId };
}

/** The two nullable columns of a scope. */
export function columnsOfScope(scope: Scope): ScopeColumns {
  return {
    clientId: scope.kind === 'organisation' ? null : scope.clientId,
    lobId: scope.kind === 'lob' ? scope.lobId : null,
  };
}
