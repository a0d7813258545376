import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswer, readEvidence } from './answer-reading.ts';
import { answerSchema, evidenceSchema } from './views/answers.ts';

const scrap = fc.oneof(
  fc.string({ maxLength: 120 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(
    null,
    undefined,
    -0,
    '',
    'x'.repeat(100),
    'x'.repeat(101),
    'y'.repeat(20_000),
    'y'.repeat(20_001),
    'NUL \u0000',
    'half \ud83d',
    'whole 😀',
  ),
  fc.array(fc.oneof(fc.string({ minLength: 1, maxLength: 5 }), fc.integer()), { maxLength: 105 }),
  fc.constant(['a', 'half \udc00']),
  fc.array(fc.constant('option'), { minLength: 98, maxLength: 102 }),
);
const kind = fc.constantFrom(
  'na',
  'binary',
  'scale',
  'rubric',
  'checklist',
  'text',
  'line',
  'second',
  'none',
  7,
);
const fields = [
  'pass',
  'valueHundredths',
  'optionId',
  'optionIds',
  'text',
  'line',
  'second',
  'extra',
] as const;
const likeOne = fc.record(
  { kind, ...Object.fromEntries(fields.map((field) => [field, scrap])) },
  { requiredKeys: [] },
);
const anything = fc.oneof({ weight: 8, arbitrary: likeOne }, { weight: 1, arbitrary: fc.anything() });

describe('reading answers without the schemas', () => {
  it('[C5] takes and leaves exactly what the schema takes and leaves', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const answer = answerSchema.safeParse(value);
        expect(readAnswer(value)).toEqual(answer.success ? answer.data : null);
        const evidence = evidenceSchema.safeParse(value);
        expect(readEvidence(value)).toEqual(evidence.success ? evidence.data : null);
      }),
      { numRuns: 4_000 },
    );
  });

  it('[C5] reads every kind of answer', () => {
    const answers = [
      { kind: 'na' },
      { kind: 'binary', pass: false },
      { kind: 'scale', valueHundredths: -250 },
      { kind: 'rubric', optionId: 'a' },
      { kind: 'checklist', optionIds: [] },
      { kind: 'text', text: '' },
    ];
    expect(answers.map(readAnswer)).toEqual(answers);
  });
});
