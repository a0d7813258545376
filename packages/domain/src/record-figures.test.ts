import { describe, expect, it } from 'vitest';
import { sectionWeightsOf } from './alignment.ts';
import { hashes, makeRecord } from './record.fixture.ts';
import { withFigures } from './record-figures.ts';
import { verifyRecord } from './verify.ts';

const record = makeRecord();
const { figures, scorecard } = record;
if (!figures) throw new Error('a record without figures');

/** Weights of a scorecard with more questions than the record's. */
const heavier = (by: number) =>
  sectionWeightsOf(scorecard).map((one) => ({ ...one, weightHundredths: one.weightHundredths + by }));

const differing = async (changed: typeof record) => (await verifyRecord(changed, hashes)).differing;

describe('what follows from a record', () => {
  it('[C12] says of everyone on the board who passed and how near they were to the agreed answers', () => {
    expect(figures.people.map(({ participantId }) => participantId)).toEqual(
      record.board.participants.map(({ participantId }) => participantId),
    );
    expect(figures.of).toBe(4);
    const agreedIds = record.questions.flatMap(({ questionId, agreed }) => (agreed ? [questionId] : []));
    expect(figures.questions.map(({ questionId }) => questionId)).toEqual(agreedIds);
  });

  it('[C12] is no part of what the log holds: a record without it verifies as before', async () => {
    const { figures: _, ...without } = record;
    expect(await differing(without)).toEqual([]);
  });

  it('[C12] is computed again by whoever verifies: another total of passes, or weight, is found and named', async () => {
    const [first, ...rest] = figures.people;
    if (!first) throw new Error('nobody on the board');
    const figured = [{ part: 'figures' }];
    expect(
      await differing({
        ...record,
        figures: { ...figures, people: [{ ...first, passed: !first.passed }, ...rest] },
      }),
    ).toEqual(figured);
    expect(
      await differing({
        ...record,
        figures: { ...figures, people: [{ ...first, alignment: 100 }, ...rest] },
      }),
    ).toEqual(figured);
    expect(await differing(withFigures(record, heavier(1)))).toEqual(figured);
    expect(await differing({ ...record, figures: { ...figures, rules: 'attune-figures/0' } })).toEqual(
      figured,
    );
  });

  it('[C12] of a session on some questions: what the whole scorecard weighs stands in the log', async () => {
    const some = makeRecord({ whole: heavier(20) });
    expect(await differing(some)).toEqual([]);
    expect(await differing(withFigures(some, heavier(19)))).toEqual([{ part: 'figures' }]);
    expect(await differing(withFigures(some, heavier(21)))).toEqual([{ part: 'figures' }]);
  });

  it('[C12] of a record exported before its rules had a name verify as the first rules’', async () => {
    const { rules: _, ...before } = figures;
    expect(await differing({ ...record, figures: before })).toEqual([]);
  });

  it('[C12] where the rest does not hold, it is the rest that is named', async () => {
    const questions = record.questions.map((question) => ({ ...question, agreed: null }));
    expect((await differing({ ...record, questions })).map(({ part }) => part)).not.toContain('figures');
  });
});
