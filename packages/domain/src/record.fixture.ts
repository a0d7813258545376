// A whole record of version 2 for the domain's tests: every type of question, a guest, someone excused and someone who was put
// out, notes, agreed answers, a sweep, a re-vote called off and one revealed. Made as the server makes one: events, held and chained.
import { createHash, createHmac } from 'node:crypto';
import { type SectionWeights, sectionWeightsOf } from './alignment.ts';
import type { Answer, Sheet } from './answer.ts';
import { buildBoard, buildRound } from './build-board.ts';
import { canonicalJson, toHex } from './canonical.ts';
import { type EntryTexts, type HeldValue, heldInput, holdSheet, scorecardInput } from './held.ts';
import { auditInput, commitmentInput, firstAuditInput, type Hashes, voteInput } from './proof.ts';
import {
  binary,
  checklist,
  choice,
  choices,
  pass,
  rubric,
  scale,
  scorecardOf,
  value,
} from './questions.fixture.ts';
import type { CalibrationRecord, RecordAnswer } from './record.ts';
import { withFigures } from './record-figures.ts';
import { retellRecord } from './retell.ts';
import { questionsOf, type ScaleQuestion, type TextQuestion } from './scorecard.ts';
import type { SessionEvent } from './session/event.ts';
import { type BesideEvent, boardRules, type Holding, toHeld } from './session/held-log.ts';
import { settings as draft } from './session/session.fixture.ts';
import type { Settings } from './session/state.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const hmac = (key: Uint8Array, bytes: Uint8Array) =>
  new Uint8Array(createHmac('sha256', key).update(bytes).digest());

export const hashes: Hashes = {
  sha256: async (bytes) => sha256(bytes),
  hmacSha256: async (key, bytes) => hmac(key, bytes),
};

const text: TextQuestion = { ...binary('words'), type: 'text', weightHundredths: 0 };
const scorecardWith = (tone: Partial<ScaleQuestion>) =>
  scorecardOf(
    binary('greets'),
    scale('tone', 0, 10, tone),
    rubric('path', { a: 10, b: 5, c: 0 }),
    checklist('steps', { x: 1, y: 1, z: 1 }),
    text,
  );

export const settings: Settings = {
  ...draft,
  interactionReference: 'call 4711',
  recordingUrl: 'https://recordings.example.org/4711',
  agentName: 'Rosalind Quill',
  agentNameHidden: true,
};

const entry = (answer: Answer | null, comment = '') => ({ answer, comment, evidence: [] });
const sheets: Readonly<Record<string, Sheet>> = {
  'p-ana': {
    greets: { ...entry(pass, 'clear from the start'), evidence: [{ kind: 'line', line: 0 }] },
    tone: entry(value(2)),
    path: entry(choice('a')),
    steps: entry(choices('x', 'y')),
    words: entry({ kind: 'text', text: 'A good call.' }),
  },
  'p-ben': {
    greets: entry(pass),
    tone: entry(value(9), 'warm'),
    path: entry(choice('c')),
    steps: entry(choices('z')),
    words: entry({ kind: 'text', text: 'A good call.' }),
  },
  'p-dan': {
    greets: entry(pass),
    tone: entry(value(5)),
    path: entry({ kind: 'na' }),
    words: entry({ kind: 'text', text: 'Too long.' }),
  },
};

const names: Readonly<Record<string, string>> = {
  lea: 'Lea',
  mo: 'Mo',
  ana: 'Ana',
  ben: 'Ben',
  cho: 'Cho',
  dan: 'Dan',
};

/** Salts that are the same in every run: the hash of how many came before. */
function salting() {
  let made = 0;
  return () => sha256(new TextEncoder().encode(`salt ${made++}`));
}

const sessionId = 'session';
const ignored = { sealed: new Uint8Array(), commitment: new Uint8Array() };

interface Made {
  /** Whether this reader may know the settings' agent. */
  readonly knowsAgent?: boolean;
  /** What its sections weigh with the questions that the session left out; without it, the session is on all of them. */
  readonly whole?: SectionWeights;
  /** What its scale has beside its range. */
  readonly tone?: Partial<ScaleQuestion>;
  /** What its log says the board was made by. */
  readonly rules?: string;
}

export function makeRecord({
  knowsAgent = true,
  whole,
  tone = {},
  rules: said = boardRules,
}: Made = {}): CalibrationRecord {
  const scorecard = scorecardWith(tone);
  const sectionWeights = whole ?? sectionWeightsOf(scorecard);
  const questionIds = whole ? questionsOf(scorecard).map(({ id }) => id) : null;
  const nextSalt = salting();
  const held = new Map<string, HeldValue>();
  const known = new Map<string, string>();
  const holding: Holding = {
    hold(content, kind, about) {
      const key = canonicalJson([kind, about, content]);
      const before = kind === 'name' ? known.get(key) : undefined;
      if (before !== undefined) return { held: before };
      const salt = nextSalt();
      const hash = toHex(hmac(salt, heldInput(content)));
      known.set(key, hash);
      held.set(hash, { hash, salt: toHex(salt), ...(kind === 'numbers' ? {} : { value: content }) });
      return { held: hash };
    },
    nameOf: (memberId) => names[memberId] ?? '',
    memberOf: (participantId) => participantId.slice('p-'.length),
    opening: {
      organisation: 'Centre',
      client: 'Acme',
      lob: null,
      settings: { ...settings, questionIds },
      scorecard: toHex(sha256(scorecardInput(scorecard))),
      scorecardVersion: 3,
      sectionWeights,
    },
  };

  const texts = new Map<string, EntryTexts>();
  const submissions = Object.entries(sheets).map(([participantId, sheet]) => {
    const heldSheet = holdSheet(sheet, (questionId, place, written) => {
      const salt = nextSalt();
      const hash = toHex(hmac(salt, heldInput(written)));
      const key = `${participantId} ${questionId}`;
      texts.set(key, { ...texts.get(key), [place]: { hash, salt: toHex(salt) } });
      return hash;
    });
    const salt = nextSalt();
    const input = commitmentInput({ version: 2, sessionId, participantId, sheet: heldSheet });
    return { participantId, salt: toHex(salt), commitment: toHex(hmac(salt, input)) };
  });
  const commitments = submissions.map(({ participantId, commitment }) => ({ participantId, commitment }));
  const votes = Object.entries({ 'p-ana': value(6), 'p-ben': value(7) }).map(([participantId, answer]) => {
    const salt = nextSalt();
    const input = voteInput({ sessionId, revoteId: 'again', participantId, answer });
    return { participantId, answer, salt: toHex(salt), commitment: toHex(hmac(salt, input)) };
  });
  const rules = { scorecard, thresholdHundredths: settings.thresholdHundredths };
  const board = buildBoard({
    ...rules,
    participants: Object.entries(sheets).map(([id, sheet]) => ({ id, sheet })),
  });
  const numbers = buildRound(rules, 'tone', [...votes, { participantId: 'p-dan', answer: value(5) }]);
  if (!numbers) throw new Error('a re-vote on no question');

  const at = { signedInAt: '', submittedAt: '', votedAt: '', openedAt: '', answered: 0, sealed: ignored };
  const added = (memberId: string, late = false) =>
    ({ type: 'participant-added', participantId: `p-${memberId}`, memberId, late }) as const;
  const events: readonly (SessionEvent | BesideEvent)[] = [
    { type: 'created', name: 'A first name' },
    added('ana'),
    { type: 'admitted', entryId: 'entry', memberId: 'ben' },
    added('ben'),
    { type: 'scoring-started' },
    added('cho', true),
    added('dan', true),
    { type: 'guest-renamed', memberId: 'ben', from: 'Benny', to: 'Ben' },
    { type: 'place-entered', participantId: 'p-ana', device: 'Safari on iPhone', further: false },
    ...commitments.map((one) => ({ ...at, type: 'submitted', ...one }) as const),
    { type: 'excused', participantId: 'p-cho', reason: 'ill', excusedAt: '' },
    { type: 'revealed', board, submissions: [], commitments },
    { type: 'swept', answers: [{ questionId: 'greets', agreed: pass }] },
    { type: 'agreed', questionId: 'tone', agreed: value(7), cause: 'wording' },
    { type: 'agreed', questionId: 'words', agreed: { kind: 'text', text: 'Good.' }, cause: null },
    { type: 'revote-opened', revoteId: 'off', questionId: 'path', round: 2, openedAt: '' },
    { type: 'revote-cancelled', revoteId: 'off', questionId: 'path' },
    { type: 'names-set', names: 'hidden' },
    {
      type: 'put-out',
      memberId: 'dan',
      name: 'Dan',
      reason: 'left us',
      participantId: 'p-dan',
      discarded: null,
      revoteId: null,
    },
    { type: 'revote-opened', revoteId: 'again', questionId: 'tone', round: 2, openedAt: '' },
    ...votes.map(
      ({ participantId, commitment }) =>
        ({ ...at, type: 'voted', revoteId: 'again', participantId, commitment }) as const,
    ),
    {
      type: 'revote-revealed',
      revoteId: 'again',
      questionId: 'tone',
      without: [],
      votes: votes.map((vote) => ({ ...vote, salt: new Uint8Array() })),
      numbers,
      revealedAt: '',
    },
    { type: 'handed-over', from: 'lea', to: 'mo' },
    { type: 'resolved', notes: [{ questionId: 'tone', json: { type: 'doc' }, text: 'Count warmth.' }] },
    { type: 'closed' },
  ];

  let head = sha256(firstAuditInput(sessionId));
  const log = events.map((event, index) => {
    const entry = {
      sequence: index + 1,
      at: `2026-03-02T10:${String(index).padStart(2, '0')}:00.000Z`,
      byMemberId: 'lea',
      byName: holding.hold('Lea', 'name', 'lea').held,
      event: { ...toHeld(event, holding), ...(event.type === 'revealed' ? { rules: said } : {}) },
    };
    head = sha256(auditInput(2, head, entry));
    return { ...entry, hash: toHex(head) };
  });
  const given = Object.entries(sheets).flatMap(([participantId, sheet]) =>
    questionsOf(scorecard).map(({ id: questionId }): RecordAnswer & { questionId: string } => {
      const own = texts.get(`${participantId} ${questionId}`);
      return { participantId, questionId, ...(sheet[questionId] ?? entry(null)), ...(own && { texts: own }) };
    }),
  );
  const record = retellRecord({
    sessionId,
    log,
    auditHead: toHex(head),
    held: [...held.values()].filter(({ value: content }) => knowsAgent || content !== settings.agentName),
    scorecard,
    board,
    salts: new Map(submissions.map(({ participantId, salt }) => [participantId, salt])),
    answers: given,
    revotes: [{ revoteId: 'again', votes, numbers }],
  });
  return withFigures(record, sectionWeights);
}
