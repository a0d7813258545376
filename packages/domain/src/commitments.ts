// The commitments of a record and the chain of its log, each recomputed: what was so before texts were held by their hashes, and
// still is (X1). What else a record says is `verify.ts`'s.
import type { Answer, Sheet } from './answer.ts';
import { fromHex, toHex } from './canonical.ts';
import type { EntryTexts, Held, HeldEntry, HeldSheet, HeldText } from './held.ts';
import {
  type AuditEntry,
  auditInput,
  type Commitment,
  commitmentInput,
  firstAuditInput,
  type Hashes,
  type ProofVersion,
  voteInput,
} from './proof.ts';

/** What of a record its commitments and its chain are about. A `CalibrationRecord` is one; so is its exported JSON. */
export interface Verifiable {
  readonly format: 'attune-record/1' | 'attune-record/2';
  readonly sessionId: string;
  readonly people: readonly {
    readonly participantId: string;
    readonly state: 'submitted' | 'excused';
    readonly commitment: string | null;
    readonly salt: string | null;
  }[];
  readonly questions: readonly {
    readonly questionId: string;
    readonly answers: readonly ({
      readonly participantId: string;
      readonly texts?: EntryTexts;
    } & Sheet[string])[];
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

type GivenEntry = Omit<Verifiable['questions'][number]['answers'][number], 'participantId'> & {
  readonly questionId: string;
};

/**
 * Participants whose answers are not what they submitted: the commitment does not follow from salt and sheet, or is gone,
 * or someone who never submitted has answers.
 */
export async function verifyCommitments(
  { format, sessionId, people, questions }: Pick<Verifiable, 'format' | 'sessionId' | 'people' | 'questions'>,
  hashes: Pick<Hashes, 'hmacSha256'>,
): Promise<string[]> {
  const bad: string[] = [];
  const entries = entriesOf(questions);
  for (const { participantId, state, commitment, salt } of people) {
    const given = entries.get(participantId) ?? [];
    if (state === 'excused') {
      if (Object.keys(sheetOf(given)).length > 0) bad.push(participantId);
      continue;
    }
    const key = saltBytes(salt);
    const whose = { sessionId, participantId };
    const input =
      versionOf(format) === 1
        ? commitmentInput({ ...whose, version: 1, sheet: sheetOf(given) })
        : commitmentInput({ ...whose, version: 2, sheet: heldSheetOf(given) });
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
export function saltBytes(salt: string | null): Uint8Array | null {
  return salt !== null && /^[0-9a-f]{64}$/.test(salt) ? fromHex(salt) : null;
}

/**
 * The first place where the log is not the one whose head was printed: the number of the entry that does not follow from the one
 * before; one past the last where only the head differs; `null` where all follow.
 */
export async function verifyChain(
  { format, sessionId, log, auditHead }: Pick<Verifiable, 'format' | 'sessionId' | 'log' | 'auditHead'>,
  hashes: Pick<Hashes, 'sha256'>,
): Promise<number | null> {
  let head = await hashes.sha256(firstAuditInput(sessionId));
  for (const [index, entry] of log.entries()) {
    head = await hashes.sha256(auditInput(versionOf(format), head, entry));
    if (entry.sequence !== index + 1 || toHex(head) !== entry.hash) return index + 1;
  }
  return toHex(head) === auditHead ? null : log.length + 1;
}

/** Everyone's answers by participant, each with its question, in one pass: a record may have tens of thousands. */
function entriesOf(questions: Verifiable['questions']): ReadonlyMap<string, readonly GivenEntry[]> {
  const entries = new Map<string, GivenEntry[]>();
  for (const { questionId, answers } of questions) {
    for (const { participantId, ...given } of answers) {
      const own = entries.get(participantId) ?? [];
      own.push({ questionId, ...given });
      entries.set(participantId, own);
    }
  }
  return entries;
}

/** A sheet as it was committed to: only questions with an answer, a comment or evidence are in it. */
const sheetOf = (entries: readonly GivenEntry[]): Sheet =>
  Object.fromEntries(
    entries
      .filter(({ answer, comment, evidence }) => answer !== null || comment !== '' || evidence.length > 0)
      .map(({ questionId, answer, comment, evidence }) => [questionId, { answer, comment, evidence }]),
  );

/** The same with its texts by the hashes that stand beside them, whether the texts are still there or not. */
const heldSheetOf = (entries: readonly GivenEntry[]): HeldSheet =>
  Object.fromEntries(
    entries
      .map(({ questionId, texts, answer, evidence }): [string, HeldEntry] => [
        questionId,
        {
          answer: answer?.kind === 'text' ? { kind: 'text', text: toHeldText(texts?.text) } : answer,
          comment: toHeldText(texts?.comment),
          evidence,
        },
      ])
      .filter(
        ([, { answer, comment, evidence }]) => answer !== null || comment !== '' || evidence.length > 0,
      ),
  );

const toHeldText = (text: HeldText | undefined): Held | '' => (text ? { held: text.hash } : '');

const versionOf = (format: Verifiable['format']): ProofVersion => (format === 'attune-record/1' ? 1 : 2);
