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

/** SHA-256 and HMAC-SHA-256 as the browser and the server have them. */
export interface Hashes {
  sha256(bytes: Uint8Array): Promise<Uint8Array>;
  hmacSha256(key: Uint8Array, bytes: Uint8Array): Promise<Uint8Array>;
}

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** @throws {RangeError} for what is not hexadecimal */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new RangeError('not hexadecimal');
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** What the head of an empty log is the SHA-256 of, so that no two sessions share a chain. */
export const firstAuditInput = (sessionId: string): Uint8Array => encode(sessionId);

/** What does not verify: participants whose commitment does not hold, and the first log entry that breaks the chain. */
export interface Verification {
  readonly badCommitments: readonly string[];
  readonly brokenAt: number | null;
}

/** Recomputes every commitment and the log's chain of a record (X1). Proves "not changed", not "nobody could read". */
export async function verifyRecord(
  record: {
    readonly sessionId: string;
    readonly people: readonly {
      readonly participantId: string;
      readonly commitment: string | null;
      readonly salt: string | null;
    }[];
    readonly questions: readonly {
      readonly questionId: string;
      readonly answers: readonly ({ readonly participantId: string } & Sheet[string])[];
    }[];
    readonly log: readonly (AuditEntry & { readonly hash: string })[];
    readonly auditHead: string;
  },
  hashes: Hashes,
): Promise<Verification> {
  const badCommitments: string[] = [];
  for (const { participantId, commitment, salt } of record.people) {
    if (commitment === null) continue;
    const sheet = sheetOf(record.questions, participantId);
    const input = commitmentInput({ sessionId: record.sessionId, participantId, sheet });
    const recomputed = salt && toHex(await hashes.hmacSha256(fromHex(salt), input));
    if (recomputed !== commitment) badCommitments.push(participantId);
  }
  let head = await hashes.sha256(firstAuditInput(record.sessionId));
  for (const [index, entry] of record.log.entries()) {
    head = await hashes.sha256(auditInput(head, entry));
    if (entry.sequence !== index + 1 || toHex(head) !== entry.hash) {
      return { badCommitments, brokenAt: index + 1 };
    }
  }
  return { badCommitments, brokenAt: toHex(head) === record.auditHead ? null : record.log.length };
}

/** A participant's sheet as it was committed to: only questions with an answer, a comment or evidence are in it. */
function sheetOf(questions: Parameters<typeof verifyRecord>[0]['questions'], participantId: string): Sheet {
  const entries = questions.flatMap(({ questionId, answers }) =>
    answers
      .filter((given) => given.participantId === participantId)
      .filter(({ answer, comment, evidence }) => answer !== null || comment !== '' || evidence.length > 0)
      .map(({ answer, comment, evidence }) => [questionId, { answer, comment, evidence }] as const),
  );
  return Object.fromEntries(entries);
}
