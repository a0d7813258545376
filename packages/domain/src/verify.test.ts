// Whatever of a record is changed or left out is found, and named (X1).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { readableRecord } from './readable.ts';
import { hashes, makeRecord, settings } from './record.fixture.ts';
import type { CalibrationRecord } from './record.ts';
import { firstBoardRules } from './session/held-log.ts';
import { type RecordPart, verifyRecord } from './verify.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];

const whole = makeRecord();
const fine = { differing: [], reach: 'whole', withheld: 0 };

const isNode = (value: Json | undefined): value is Json[] | { [key: string]: Json } =>
  typeof value === 'object' && value !== null;

/** A copy that may be changed, out of the record's exported bytes. */
const exported = (record: CalibrationRecord = whole): Json => JSON.parse(canonicalJson(record));

const isRecord = (value: unknown): value is CalibrationRecord => typeof value === 'object' && value !== null;

async function verify(changed: unknown) {
  if (!isRecord(changed)) throw new Error('no record');
  return verifyRecord(changed, hashes);
}

/** Every place in the value, those of leaves and those of lists' elements apart. */
function placesIn(value: Json, at: Path = []): { leaves: Path[]; elements: Path[] } {
  if (!isNode(value)) return { leaves: [at], elements: [] };
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  const inside = keys.map((key) =>
    placesIn(Object.entries(value).find(([name]) => name === String(key))?.[1] ?? null, [...at, key]),
  );
  return {
    leaves: inside.flatMap(({ leaves }) => leaves),
    elements: [
      ...(Array.isArray(value) ? keys.map((key) => [...at, key]) : []),
      ...inside.flatMap(({ elements }) => elements),
    ],
  };
}

/** Changes what lies at the path; `undefined` takes it out. */
function changeAt(value: Json, path: Path, change: (leaf: Json) => Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return change(value) ?? null;
  const entries = Object.entries(value ?? {}).flatMap(([name, member]): [string, Json][] => {
    if (name !== String(key)) return [[name, member]];
    if (rest.length > 0) return [[name, changeAt(member, rest, change)]];
    const changed = change(member);
    return changed === undefined ? [] : [[name, changed]];
  });
  return Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}

function otherThan(leaf: Json): Json {
  if (typeof leaf === 'number') return leaf === 0 ? 1 : leaf + leaf * 1e-3;
  if (typeof leaf === 'boolean') return !leaf;
  if (typeof leaf === 'string')
    return /^[0-9a-f]+$/.test(leaf) ? leaf.replace(/./, (one) => (one === '0' ? '1' : '0')) : `${leaf}x`;
  return 'something';
}

describe('a record of /2', () => {
  it('[X1] verifies whole, as it stands and out of its exported JSON', async () => {
    expect(await verifyRecord(whole, hashes)).toEqual(fine);
    expect(await verify(exported())).toEqual(fine);
  });

  const { leaves, elements } = placesIn(exported());

  it('[X1] any one thing changed is found and named', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...leaves), async (path) => {
        const { differing } = await verify(changeAt(exported(), path, otherThan));
        expect(differing.length, path.join('.')).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  it('[X1] a text left out with its hash still there is found, whatever then reads as empty', async () => {
    const noNote = {
      ...whole,
      held: whole.format === 'attune-record/2' ? whole.held.map(({ hash, salt }) => ({ hash, salt })) : [],
      questions: whole.questions.map((question) => ({
        ...question,
        note: question.note && { json: null, text: '' },
      })),
    };
    const { differing } = await verify(noNote);
    expect(differing.filter(({ part }) => part === 'text').length).toBeGreaterThan(5);
  });

  it('[X1] any one thing left out of a list is found and named', { timeout: 120_000 }, async () => {
    const listed = elements.filter(([first]) => first !== 'held');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...listed), async (path) => {
        const { differing } = await verify(changeAt(exported(), path, () => undefined));
        expect(differing.length, path.join('.')).toBeGreaterThan(0);
      }),
      { numRuns: 75 },
    );
  });

  it('[X1] a text left out beside the log alone is told as one that is not there, one that the record says as changed', async () => {
    if (whole.format !== 'attune-record/2') throw new Error('another format');
    for (const { hash, value } of whole.held) {
      const held = whole.held.filter((one) => one.hash !== hash);
      const { differing, withheld } = await verifyRecord({ ...whole, held }, hashes);
      const isLogAlone = ['A first name', 'Benny', 'Dan', 'Safari on iPhone', 'left us'].includes(
        String(value),
      );
      if (isLogAlone && value !== 'Dan') expect([value, differing, withheld]).toEqual([value, [], 1]);
      else expect([value, differing.length > 0]).toEqual([value, true]);
    }
  });

  const named: readonly [string, Path, RecordPart][] = [
    [
      'a flag of the board',
      ['board', 'questions', 1, 'flagged'],
      { part: 'board-question', questionId: 'tone' },
    ],
    [
      'a number of the board',
      ['board', 'questions', 1, 'mean'],
      { part: 'board-question', questionId: 'tone' },
    ],
    [
      'an answer on the board',
      ['board', 'questions', 0, 'answers', 1, 'answer', 'pass'],
      { part: 'board-question', questionId: 'greets' },
    ],
    ['the board’s order', ['board', 'order', 0], { part: 'board' }],
    ['a total', ['board', 'participants', 0, 'severity'], { part: 'board' }],
    [
      'an answer',
      ['questions', 0, 'answers', 1, 'answer', 'pass'],
      { part: 'answers', participantId: 'p-ben' },
    ],
    ['a comment', ['questions', 1, 'answers', 1, 'comment'], { part: 'answers', participantId: 'p-ben' }],
    ['a text', ['questions', 4, 'answers', 2, 'answer', 'text'], { part: 'answers', participantId: 'p-dan' }],
    [
      'an agreed answer',
      ['questions', 1, 'agreed', 'valueHundredths'],
      { part: 'agreed', questionId: 'tone' },
    ],
    ['a cause', ['questions', 1, 'cause'], { part: 'agreed', questionId: 'tone' }],
    ['a note', ['questions', 1, 'note', 'text'], { part: 'note', questionId: 'tone' }],
    [
      'a re-vote’s numbers',
      ['questions', 1, 'revotes', 0, 'numbers', 'mean'],
      { part: 'revote-numbers', questionId: 'tone' },
    ],
    ['the threshold', ['settings', 'thresholdHundredths'], { part: 'settings' }],
    ['the agent’s name', ['settings', 'agentName'], { part: 'settings' }],
    ['the wording', ['scorecard', 'sections', 0, 'questions', 0, 'prompt'], { part: 'scorecard' }],
    ['a name', ['people', 1, 'name'], { part: 'name', participantId: 'p-ben' }],
    ['an excuse', ['people', 3, 'excusedReason'], { part: 'person', participantId: 'p-cho' }],
    ['the facilitator', ['facilitator'], { part: 'fact', fact: 'facilitator' }],
    ['when it was closed', ['instants', 'closedAt'], { part: 'fact', fact: 'instants' }],
    ['an entry of the log', ['log', 3, 'at'], { part: 'log', entry: 4 }],
  ];
  for (const [name, path, part] of named) {
    it(`[X1] names ${name}`, async () => {
      expect((await verify(changeAt(exported(), path, otherThan))).differing).toContainEqual(part);
    });
  }

  it('[E14] a question’s tolerance decides its flag, in a second round, too, and verifies', async () => {
    const wide = makeRecord({ tone: { toleranceHundredths: 7_000 } });
    const flagged = ({ board, questions }: CalibrationRecord) => [
      board.questions[1]?.flagged,
      questions[1]?.revotes[0]?.numbers.flagged,
    ];
    expect(flagged(whole)).toEqual([true, true]);
    expect(flagged(wide)).toEqual([false, false]);
    expect(await verifyRecord(wide, hashes)).toEqual(fine);
    const changed = changeAt(
      exported(wide),
      ['scorecard', 'sections', 0, 'questions', 1, 'toleranceHundredths'],
      () => 6_000,
    );
    expect((await verify(changed)).differing).toContainEqual({ part: 'scorecard' });
  });

  it('[X1] a board of before tolerances verifies by the rules that its log names', async () => {
    expect(await verifyRecord(makeRecord({ rules: firstBoardRules }), hashes)).toEqual(fine);
    const pretending = makeRecord({ rules: firstBoardRules, tone: { toleranceHundredths: 7_000 } });
    expect((await verifyRecord(pretending, hashes)).differing).toContainEqual({ part: 'rules' });
  });

  it('[X1] names a re-vote that is missing, and a person', async () => {
    const without = (path: Path) => verify(changeAt(exported(), path, () => undefined));
    expect((await without(['questions', 1, 'revotes', 0])).differing).toEqual([
      { part: 'missing-revote', questionId: 'tone' },
    ]);
    expect((await without(['people', 3])).differing).toEqual([{ part: 'person', participantId: 'p-cho' }]);
  });

  it('[X1] a board changed with all copies of what it rests on is still not the one the log holds', async () => {
    const changed = changeAt(exported(), ['settings', 'thresholdHundredths'], () => 9_000);
    const board = changeAt(changed, ['board', 'thresholdHundredths'], () => 9_000);
    expect((await verify(board)).differing).toEqual(
      expect.arrayContaining([{ part: 'settings' }, { part: 'board' }]),
    );
  });

  it('[X1] without the name of an agent who is hidden from the reader, verifies, and says that one text is not there', async () => {
    const record = makeRecord({ knowsAgent: false });
    expect(canonicalJson(record)).not.toContain(settings.agentName);
    expect(record.settings.agentName).toBeNull();
    expect(await verifyRecord(record, hashes)).toEqual({ ...fine, withheld: 1 });
  });

  it('[X1] names, comments and texts erased with their salts leave every proof whole, and read as erased', async () => {
    if (whole.format !== 'attune-record/2') throw new Error('another format');
    const people = whole.people.map((person) => (person.name === 'Ben' ? { ...person, name: '' } : person));
    const erase = (id: string, given: (typeof whole.questions)[number]['answers'][number]) =>
      id !== 'p-ben' || !given.texts
        ? given
        : {
            ...given,
            comment: '',
            answer: given.answer?.kind === 'text' ? { kind: 'text' as const, text: '' } : given.answer,
            texts: Object.fromEntries(
              Object.entries(given.texts).map(([place, { hash }]) => [place, { hash, salt: null }]),
            ),
          };
    const questions = whole.questions.map((question) => ({
      ...question,
      answers: question.answers.map((given) => erase(given.participantId, given)),
    }));
    const { board } = whole;
    const erased: CalibrationRecord = {
      ...whole,
      people,
      questions,
      held: whole.held.filter(({ value }) => value !== 'Ben'),
      board: {
        ...board,
        questions: board.questions.map((question) => ({
          ...question,
          answers: question.answers.map((shown) => {
            const of = questions.find(({ questionId }) => questionId === question.questionId);
            const given = of?.answers.find(({ participantId }) => participantId === shown.participantId);
            return given ? { ...shown, answer: given.answer, comment: given.comment } : shown;
          }),
        })),
      },
    };
    expect(await verifyRecord(erased, hashes)).toEqual({ ...fine, withheld: 3 });
    const read = readableRecord(erased, 'Erased');
    expect(read.people[1]?.name).toBe('Erased');
    expect(read.questions[1]?.answers[1]?.comment).toBe('Erased');
    expect(canonicalJson(read.log)).not.toContain('"held"');
  });

  it('[X1] another layout, and what is no record at all, differ rather than throw', async () => {
    const layout = [{ part: 'layout' }];
    expect((await verify({ format: 'attune-record/2' })).differing).toEqual(layout);
    expect((await verify({ ...whole, more: 1 })).differing).toEqual(layout);
    expect((await verify({ ...whole, format: 'attune-record/1' })).differing.length).toBeGreaterThan(0);
  });
});
