// A scope in words: the whole organisation, a client, or one of its lines of business.
import { m } from '../paraglide/messages.js';

interface Scoped {
  readonly clientName: string | null;
  readonly lobName: string | null;
}

/** `Organisation-wide`, `Northwind`, `Northwind, Claims`. */
export const scopeText = ({ clientName, lobName }: Scoped): string =>
  clientName === null ? m.scope_organisation() : lobName === null ? clientName : `${clientName}, ${lobName}`;
