// What proves that nothing was changed afterwards (X1): canonical bytes, what a commitment is computed over, and the audit
// log's hash chain. Hash functions are the caller's: the server has Node's, the browser WebCrypto's.
import type { Sheet } from './answer.ts';

/**
 * The canonical form of a JSON value: RFC 8785 (JCS), keys sorted by UTF-16 code units, numbers as ECMAScript writes them.
 * `undefined` members are left out, as `JSON.stringify` leaves them out.
 *
 * @throws {TypeError} for what JSON cannot say: NaN, infinities, functions, big integers
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('a number that JSON cannot say');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`a ${typeof value} that JSON cannot say`);
}

const encode = (text: string) => new TextEncoder().encode(text);

/** Bytes of a tag, a zero byte, then the content: no two purposes ever hash the same bytes. */
function domainSeparated(tag: string, ...content: readonly Uint8Array[]): Uint8Array {
  const parts = [encode(tag), new Uint8Array(1), ...content];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** What a submission's commitment is the HMAC-SHA-256 of, keyed by its 32-byte secret salt (live.md 5). */
export function commitmentInput(submission: {
  readonly sessionId: string;
  readonly participantId: string;
  readonly sheet: Sheet;
}): Uint8Array {
  const { sessionId, participantId, sheet } = submission;
  return domainSeparated('attune/commit/v1', encode(canonicalJson({ sessionId, participantId, sheet })));
}

/** One entry of a session's log as it is hashed. */
export interface AuditEntry {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  readonly byMemberId: string | null;
  readonly byName: string;
  readonly event: unknown;
}

/** What entry n's SHA-256 is computed over: the hash of entry n - 1 (the chain's first head for n = 1), then the entry. */
export function auditInput(previousHash: Uint8Array, entry: AuditEntry): Uint8Array {
  const { sequence, at, byMemberId, byName, event } = entry;
  return domainSeparated(
    'attune/audit/v1',
    previousHash,
    encode(canonicalJson({ sequence, at, byMemberId, byName, event })),
  );
}
