// What proves that nothing was changed afterwards (X1): canonical bytes, what a commitment is computed over, and the audit
// log's hash chain. Hash functions are the caller's: the server has Node's, the browser WebCrypto's.
import type { Answer, Sheet } from './answer.ts';

/**
 * The canonical form of a JSON value: RFC 8785 (JCS), keys sorted by UTF-16 code units, numbers as ECMAScript writes them.
 * `undefined` members are left out, as `JSON.stringify` leaves them out.
 *
 * @throws {TypeError} for what JSON cannot say: NaN, infinities, big integers, functions, dates, maps, lone surrogates
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('a number that JSON cannot say');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalJson(item ?? null)).join(',')}]`;
  // A date or a map would come out as {}, and prove nothing.
  if (typeof value === 'object' && Object.prototype.toString.call(value) === '[object Object]') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
      .map(([key, member]) => `${canonicalString(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`a ${typeof value} that JSON cannot say`);
}

function canonicalString(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('a lone surrogate, which no encoding can say');
  return JSON.stringify(text);
}

/** What binds a participant to answers nobody else has seen yet; hexadecimal. Says nothing of them without its salt. */
export interface Commitment {
  readonly participantId: string;
  readonly commitment: string;
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

/** What a re-vote's commitment is the HMAC-SHA-256 of, keyed by its 32-byte secret salt. */
export function voteInput(vote: {
  readonly sessionId: string;
  readonly revoteId: string;
  readonly participantId: string;
  readonly answer: Answer;
}): Uint8Array {
  const { sessionId, revoteId, participantId, answer } = vote;
  return domainSeparated(
    'attune/vote/v1',
    encode(canonicalJson({ sessionId, revoteId, participantId, answer })),
  );
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
  /** Number of the first entry that does not follow from the one before; one past the last where only the head differs. */
  readonly brokenAt: number | null;
}

/** What of a record is verified. A `CalibrationRecord` is one; so is its exported JSON. */
export interface Verifiable {
  readonly sessionId: string;
  readonly people: readonly {
    readonly participantId: string;
    readonly state: 'submitted' | 'excused';
    readonly commitment: string | null;
    readonly salt: string | null;
  }[];
  readonly questions: readonly {
    readonly questionId: string;
    readonly answers: readonly ({ readonly participantId: string } & Sheet[string])[];
    readonly revotes: readonly {
      readonly revoteId: string;
      readonly votes: readonly {
        readonly participantId: string;
        readonly answer: Answer;
        readonly commitment: string;
        readonly salt: string;
      }[];
    }[];
  }[];
  readonly log: readonly (AuditEntry & { readonly hash: string })[];
  readonly auditHead: string;
}

/**
 * Recomputes every commitment and the log's chain of a record, and compares the commitments with those the log fixed before
 * the reveal (X1). Proves "not changed", not "nobody could read".
 */
export async function verifyRecord(record: Verifiable, hashes: Hashes): Promise<Verification> {
  return {
    badCommitments: [
      ...new Set([
        ...(await verifyCommitments(record, hashes)),
        ...(await verifyVotes(record, hashes)),
        ...verifyLists(record),
      ]),
    ],
    brokenAt: await verifyChain(record, hashes),
  };
}

/**
 * Participants whose answers are not what they submitted: the commitment does not follow from salt and sheet, or is gone,
 * or someone who never submitted has answers.
 */
export async function verifyCommitments(
  { sessionId, people, questions }: Pick<Verifiable, 'sessionId' | 'people' | 'questions'>,
  hashes: Pick<Hashes, 'hmacSha256'>,
): Promise<string[]> {
  const bad: string[] = [];
  for (const { participantId, state, commitment, salt } of people) {
    const sheet = sheetOf(questions, participantId);
    if (state === 'excused') {
      if (Object.keys(sheet).length > 0) bad.push(participantId);
      continue;
    }
    const key = saltBytes(salt);
    const input = commitmentInput({ sessionId, participantId, sheet });
    const recomputed = key && toHex(await hashes.hmacSha256(key, input));
    if (recomputed === null || recomputed !== commitment) bad.push(participantId);
  }
  const known = new Set(people.map(({ participantId }) => participantId));
  const strangers = questions
    .flatMap(({ answers }) => answers.map(({ participantId }) => participantId))
    .filter((participantId) => !known.has(participantId));
  return [...bad, ...new Set(strangers)];
}

/** Participants with a re-vote whose commitment does not follow from salt and answer. */
export async function verifyVotes(
  { sessionId, questions }: Pick<Verifiable, 'sessionId' | 'questions'>,
  hashes: Pick<Hashes, 'hmacSha256'>,
): Promise<string[]> {
  const bad: string[] = [];
  for (const { revoteId, votes } of questions.flatMap(({ revotes }) => revotes)) {
    for (const { participantId, answer, commitment, salt } of votes) {
      const key = saltBytes(salt);
      const input = voteInput({ sessionId, revoteId, participantId, answer });
      const recomputed = key && toHex(await hashes.hmacSha256(key, input));
      if (recomputed !== commitment) bad.push(participantId);
    }
  }
  return bad;
}

/** What an event of the log says, as far as commitments go: the log of a record from elsewhere may hold anything. */
function told(event: unknown): {
  readonly type: unknown;
  readonly participantId: unknown;
  readonly commitment: unknown;
  readonly revoteId: unknown;
  readonly commitments: ReadonlyMap<unknown, unknown>;
} {
  const fields = (value: unknown): Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null ? { ...value } : {};
  const { type, participantId, commitment, revoteId, commitments } = fields(event);
  const list: readonly unknown[] = Array.isArray(commitments) ? commitments : [];
  return {
    type,
    participantId,
    commitment,
    revoteId,
    commitments: new Map(list.map(fields).map((entry) => [entry.participantId, entry.commitment])),
  };
}

/**
 * Participants whose commitment is not the one the log fixed: at submission, again in the list written with the reveal, and for
 * a re-vote when the vote was cast and in the list written with its reveal. Whoever is in a list and not in the record counts too.
 */
export function verifyLists({
  people,
  questions,
  log,
}: Pick<Verifiable, 'people' | 'questions' | 'log'>): string[] {
  const events = log.map(({ event }) => told(event));
  const revealAt = events.findIndex(({ type }) => type === 'revealed');
  const atReveal = events[revealAt]?.commitments ?? new Map();
  const submitted = new Map<unknown, unknown>();
  for (const { type, participantId, commitment } of events.slice(0, Math.max(revealAt, 0))) {
    if (type === 'submitted') submitted.set(participantId, commitment);
    // Put out, or started afresh, before the reveal: what was submitted left nothing but its commitment in the log.
    if (type === 'taken-back' || type === 'place-restarted' || type === 'put-out')
      submitted.delete(participantId);
  }
  const published = people.flatMap(({ participantId, state, commitment }) =>
    state === 'submitted' ? [[participantId, commitment] as const] : [],
  );
  const revotes = questions
    .flatMap((question) => question.revotes)
    .flatMap(({ revoteId, votes }) => {
      const opened = events.find((event) => event.type === 'revote-revealed' && event.revoteId === revoteId);
      const cast = votes.map(({ participantId, commitment }) => [participantId, commitment] as const);
      const sealed = new Map<unknown, unknown>();
      for (const { type, participantId, commitment, revoteId: of } of events) {
        if (of !== revoteId) continue;
        // A change of mind is a later entry for the same person; whoever was put out has no vote any more.
        if (type === 'voted') sealed.set(participantId, commitment);
        if (type === 'put-out') sealed.delete(participantId);
      }
      return [...differing(cast, sealed), ...differing(cast, opened?.commitments ?? new Map())];
    });
  return [...differing(published, submitted), ...differing(published, atReveal), ...revotes];
}

/** The participants about whom two lists of commitments do not say the same. */
function differing(
  published: readonly (readonly [string, string | null])[],
  fixed: ReadonlyMap<unknown, unknown>,
): string[] {
  const known = new Set<unknown>(published.map(([participantId]) => participantId));
  return [
    ...published
      .filter(([participantId, commitment]) => fixed.get(participantId) !== commitment)
      .map(([id]) => id),
    ...[...fixed.keys()].filter((id) => !known.has(id)).map(String),
  ];
}

/**
 * What a commitment that a device kept says of the record: `same` as the published one, an `earlier` submission that was taken
 * back, or `different` from all the log knows: then the record is not of what was submitted there.
 */
export function compareKept(
  { people, log }: Pick<Verifiable, 'people' | 'log'>,
  { participantId, commitment }: Commitment,
): 'same' | 'earlier' | 'different' {
  const published = people.find((person) => person.participantId === participantId);
  if (published?.commitment === commitment) return 'same';
  const earlier = log
    .map(({ event }) => told(event))
    .some(
      (event) =>
        event.type === 'submitted' &&
        event.participantId === participantId &&
        event.commitment === commitment,
    );
  return earlier ? 'earlier' : 'different';
}

/** `null` for what is no salt of 32 bytes. */
function saltBytes(salt: string | null): Uint8Array | null {
  return salt !== null && /^[0-9a-f]{64}$/.test(salt) ? fromHex(salt) : null;
}

/** The first place where the log is not the one whose head was printed, as `Verification.brokenAt`; `null` where none. */
export async function verifyChain(
  { sessionId, log, auditHead }: Pick<Verifiable, 'sessionId' | 'log' | 'auditHead'>,
  hashes: Pick<Hashes, 'sha256'>,
): Promise<number | null> {
  let head = await hashes.sha256(firstAuditInput(sessionId));
  for (const [index, entry] of log.entries()) {
    head = await hashes.sha256(auditInput(head, entry));
    if (entry.sequence !== index + 1 || toHex(head) !== entry.hash) return index + 1;
  }
  return toHex(head) === auditHead ? null : log.length + 1;
}

/** A participant's sheet as it was committed to: only questions with an answer, a comment or evidence are in it. */
function sheetOf(questions: Verifiable['questions'], participantId: string): Sheet {
  const entries = questions.flatMap(({ questionId, answers }) =>
    answers
      .filter((given) => given.participantId === participantId)
      .filter(({ answer, comment, evidence }) => answer !== null || comment !== '' || evidence.length > 0)
      .map(({ answer, comment, evidence }) => [questionId, { answer, comment, evidence }] as const),
  );
  return Object.fromEntries(entries);
}
