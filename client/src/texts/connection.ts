// Why a page has no live connection, as a sentence.
import { m } from '../paraglide/messages.js';

/** Why no socket opens; `null` where nobody knows. */
export function hinderedSentence(hindrance: 'busy' | 'barred' | null, host: string): string | null {
  if (hindrance === null) return null;
  return hindrance === 'busy' ? m.connection_busy() : m.connection_barred({ host });
}
