import { type Answer, buildBoard, type Question, type Scorecard, type Sheet } from '@attune/domain';
import { describe, expect, it } from 'vitest';
import { scorecard } from '../../../test/support/review-fixture.ts';
import { overview } from './overview.ts';

const question = (id: string): Question => {
  const found = scorecard.sections.flatMap(({ questions }) => questions).find((one) => one.id === id);
  if (!found) throw new Error(`no question ${id}`);
  return found;
};
const yes: Answer = { kind: 'binary', pass: true };
const no: Answer = { kind: 'binary', pass: false };
const na: Answer = { kind: 'na' };
const space = '\u202f';

/** A board of pass/fail questions, a list of answers for each person. */
function boardOf(...people: readonly (readonly Answer[])[]) {
  const ids = people[0]?.map((_, at) => `q${at}`) ?? [];
  const card: Scorecard = {
    ...scorecard,
    sections: [
      {
        id: 'one',
        title: 'One',
        weightHundredths: 100,
        questions: ids.map((id) => ({ ...question('hold'), id })),
      },
    ],
  };
  const sheets = people.map(
    (answers): Sheet =>
      Object.fromEntries(answers.map((answer, at) => [`q${at}`, { answer, comment: '', evidence: [] }])),
  );
  return buildBoard({
    scorecard: card,
    thresholdHundredths: 1_000,
    participants: sheets.map((sheet, at) => ({ id: `p${at}`, sheet })),
  });
}

describe('the verdict', () => {
  it('[C8b] is one line: what was agreed on, what is to discuss, N/A splits apart', () => {
    const some = boardOf([yes, yes, no, yes], [yes, no, yes, na], [yes, yes, yes, yes]);
    expect(overview.verdict(some, 'now')).toBe('You agreed on 2 of 4; 2 to discuss, 1 N/A split');
    expect(overview.verdict(some, 'now', 1)).toBe(
      'You agreed on 2 of 4 before the discussion; 1 of 2 left to discuss, 1 N/A split',
    );
    expect(overview.verdict(some, 'now', 0)).toBe(
      'You agreed on 2 of 4 before the discussion; 2 discussed, 1 N/A split',
    );
    expect(overview.verdict(some, 'now', null)).toBe(
      'You agreed on 2 of 4 before the discussion; 1 N/A split',
    );
    const all = boardOf([yes, yes, no], [yes, yes, no]);
    expect(overview.verdict(all, 'now')).toBe('All 3 agreed');
    expect(overview.verdict(boardOf([yes], [yes]), 'now')).toBe(
      'You agreed on the one question there was to compare',
    );
    expect(overview.verdict(boardOf([yes], [na]), 'now')).toBe(
      'No question has two answers to compare; 1 N/A split',
    );
  });

  it('[C12] the record tells it of what was', () => {
    const some = boardOf([yes, yes], [yes, no]);
    expect(overview.verdict(some, 'record')).toBe(
      'The group agreed on 1 of 2 before the discussion; 1 discussed',
    );
  });
});

describe('a cell of the heat map', () => {
  it('[C8b] prints the answer in its own unit', () => {
    const cells = [
      overview.cell(question('greeting'), no),
      overview.cell(question('empathy'), { kind: 'scale', valueHundredths: 400 }),
      overview.cell(question('probing'), { kind: 'rubric', optionId: 'part' }),
      overview.cell(question('steps'), { kind: 'checklist', optionIds: ['invoice', 'date'] }),
      overview.cell(question('tags'), { kind: 'checklist', optionIds: ['refund'] }),
      overview.cell(question('driver'), { kind: 'rubric', optionId: 'late' }),
      overview.cell(question('hold'), na),
      overview.cell(question('hold'), null),
      overview.cell(question('probing'), { kind: 'rubric', optionId: 'part' }, 5),
      overview.cell(question('probing'), { kind: 'rubric', optionId: 'full' }, 4),
      overview.cell(question('coaching'), { kind: 'text', text: 'Calm.' }, 4),
    ];
    expect(cells).toEqual([
      'Fail',
      '4',
      '6 of 10',
      '2 of 4',
      '1 of 3',
      'Late refund',
      'N/A',
      '–',
      '6/10',
      '10',
      '–',
    ]);
  });

  it('[C8] says in words how far from the median its colour is', () => {
    expect(overview.fromMedian({ kind: 'signed', by: -100 })).toBe(`100${space}% below the median`);
    expect(overview.fromMedian({ kind: 'signed', by: 12.5 })).toBe(`12.5${space}% above the median`);
    expect(overview.fromMedian({ kind: 'unsigned', by: 50 })).toBe(
      `50${space}% from the choice in the middle`,
    );
    expect(overview.fromMedian({ kind: 'signed', by: 0 })).toBe('');
  });
});

describe('a total', () => {
  it('[C8b] says a critical failure with the score before it', () => {
    expect(overview.total({ score: 0, beforeCritical: 76.5 }, 8_000)).toBe(
      `0${space}%, 76.5${space}% before critical`,
    );
    expect(overview.total({ score: 87.7, beforeCritical: 87.7 }, 8_000)).toBe(`87.7${space}%`);
    expect(overview.total({ score: null, beforeCritical: null }, 8_000)).toBe('–');
  });

  it('[C8b] never seems to reach a pass mark that it missed', () => {
    expect(overview.besideMark(79.96, 8_000)).toBe(`79.96${space}%`);
    expect(overview.besideMark(79.996, 8_000)).toBe(`79.996${space}%`);
    expect(overview.besideMark(79.96, null)).toBe(`80${space}%`);
    expect(overview.besideMark(80, 8_000)).toBe(`80${space}%`);
  });
});

describe('how near someone was to the agreed answers', () => {
  const person = { participantId: 'p', alignment: 87.5, n: 4, naMismatches: 0, criticalMismatches: 0 };

  it('[C8c] has its n, and mismatches apart', () => {
    expect(overview.aligned(person)).toBe(`87.5${space}% aligned, n = 4`);
    expect(overview.aligned({ ...person, naMismatches: 1, criticalMismatches: 2 })).toBe(
      `87.5${space}% aligned, n = 4; 1 N/A mismatch; 2 critical mismatches`,
    );
    expect(overview.aligned({ ...person, alignment: null, n: 0 })).toBe('');
    // Not whole, however near.
    expect(overview.aligned({ ...person, alignment: 99.98 })).toBe(`99.98${space}% aligned, n = 4`);
  });

  it('[C8c] each answer says how far it is off', () => {
    const told = (
      kind: Parameters<typeof overview.fromAgreed>[0]['kind'],
      off: number | null,
      critical = false,
    ) => overview.fromAgreed({ kind, off, critical });
    expect(told('same', 0)).toBe('as agreed');
    expect(told('off', 25)).toBe(`25${space}% off the agreed answer`);
    expect(told('off', 0.04)).toBe(`0.04${space}% off the agreed answer`);
    expect(told('off', 100, true)).toBe(`100${space}% off the agreed answer, critical mismatch`);
    expect(told('off', 0)).toBe('same score, another choice');
    expect(told('other', null)).toBe('another choice');
    expect(told('na-mismatch', null)).toBe('N/A mismatch');
  });
});
