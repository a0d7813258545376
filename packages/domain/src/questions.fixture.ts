// Questions for the domain's tests.
import type { Answer } from './answer.ts';
import type {
  BinaryQuestion,
  ChecklistQuestion,
  Question,
  RubricQuestion,
  ScaleQuestion,
  Scorecard,
} from './scorecard.ts';

const base = (id: string) => ({
  id,
  prompt: `Question ${id}`,
  guidance: '',
  weightHundredths: 100,
  required: true,
  naEligible: true,
  critical: 'none' as const,
  comment: 'offered' as const,
});

export const binary = (id: string, more: Partial<BinaryQuestion> = {}): BinaryQuestion => ({
  ...base(id),
  type: 'binary',
  ...more,
});

/** Whole numbers from `min` to `max`. */
export const scale = (
  id: string,
  min: number,
  max: number,
  more: Partial<ScaleQuestion> = {},
): ScaleQuestion => ({
  ...base(id),
  type: 'scale',
  minHundredths: min * 100,
  maxHundredths: max * 100,
  stepHundredths: 100,
  anchors: [],
  ...more,
});

const optionsOf = (points: Readonly<Record<string, number | null>>) =>
  Object.entries(points).map(([id, value]) => ({
    id,
    label: id.toUpperCase(),
    pointsHundredths: value === null ? null : value * 100,
  }));

export const rubric = (
  id: string,
  points: Readonly<Record<string, number | null>>,
  more: Partial<RubricQuestion> = {},
): RubricQuestion => ({ ...base(id), type: 'rubric', options: optionsOf(points), ...more });

export const checklist = (
  id: string,
  points: Readonly<Record<string, number | null>>,
  more: Partial<ChecklistQuestion> = {},
): ChecklistQuestion => ({ ...base(id), type: 'checklist', options: optionsOf(points), ...more });

export const scorecardOf = (...questions: readonly Question[]): Scorecard => ({
  name: 'Voice',
  description: '',
  passMarkHundredths: 8_000,
  disputeWindowHours: 72,
  sections: [{ id: 'section', title: 'Section', weightHundredths: 100, questions }],
});

export const na: Answer = { kind: 'na' };
export const pass: Answer = { kind: 'binary', pass: true };
export const fail: Answer = { kind: 'binary', pass: false };
export const value = (points: number): Answer => ({ kind: 'scale', valueHundredths: points * 100 });
export const choice = (optionId: string): Answer => ({ kind: 'rubric', optionId });
export const choices = (...optionIds: string[]): Answer => ({ kind: 'checklist', optionIds });

/** Participants p1, p2, … with one answer each. */
export const givenBy = (...answers: readonly (Answer | null)[]) =>
  answers.map((answer, index) => ({ participantId: `p${index + 1}`, answer }));
