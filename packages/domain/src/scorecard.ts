// What a scorecard is: sections of questions, five question types. Points, weights and scale values are integers in
// hundredths, so that nothing is ever compared through a floating-point division. No I/O, no randomness here.

import type { TranscriptLine } from './transcript.ts';

/** Failing a critical question sets its section, or the whole score, to 0 (scoring.md 1). */
export type Critical = 'none' | 'section' | 'scorecard';

/** When an evaluator is asked for a comment: never forced, always, or only when the answer lost points (q < 100). */
export type CommentRule = 'offered' | 'required' | 'required-when-points-lost';

interface QuestionBase {
  /** Stable across versions of a scorecard. */
  readonly id: string;
  readonly prompt: string;
  /** What earns which answer; empty when there is none. */
  readonly guidance: string;
  /** Share within the section, in hundredths; 0 keeps the question out of the score. */
  readonly weightHundredths: number;
  readonly required: boolean;
  readonly naEligible: boolean;
  readonly critical: Critical;
  readonly comment: CommentRule;
}

/** Which answer an example is of: passing or failing, a value of a scale, a level or option. */
export type ExampleOf =
  | { readonly kind: 'binary'; readonly pass: boolean }
  | { readonly kind: 'scale'; readonly valueHundredths: number }
  | { readonly kind: 'option'; readonly optionId: string };

/** What earns an answer: in words, as lines of a transcript, or both. */
export interface Example {
  readonly id: string;
  readonly of: ExampleOf;
  /** Empty when its lines say it. */
  readonly text: string;
  readonly lines: readonly TranscriptLine[];
}

/** What every type of question has but text, whose answers are never compared. */
interface ComparableBase extends QuestionBase {
  /** How far apart its answers may lie, in hundredths of a percent, in the place of the session's threshold (E14). Absent: that counts. */
  readonly toleranceHundredths?: number;
  /** Shown with the guidance (E14), in this order within an answer. Absent: none. */
  readonly examples?: readonly Example[];
}

/** A label for one point of a scale, shown under its button. */
export interface ScaleAnchor {
  readonly valueHundredths: number;
  readonly label: string;
}

/** One choice of a rubric or checklist. Within a question either every option has points or none has. */
export interface Option {
  readonly id: string;
  readonly label: string;
  /** `null`: the question is unscored. */
  readonly pointsHundredths: number | null;
}

export interface BinaryQuestion extends ComparableBase {
  readonly type: 'binary';
}
export interface ScaleQuestion extends ComparableBase {
  readonly type: 'scale';
  readonly minHundredths: number;
  readonly maxHundredths: number;
  readonly stepHundredths: number;
  readonly anchors: readonly ScaleAnchor[];
}
export interface RubricQuestion extends ComparableBase {
  readonly type: 'rubric';
  readonly options: readonly Option[];
}
export interface ChecklistQuestion extends ComparableBase {
  readonly type: 'checklist';
  readonly options: readonly Option[];
}
export interface TextQuestion extends QuestionBase {
  readonly type: 'text';
}

export type Question = BinaryQuestion | ScaleQuestion | RubricQuestion | ChecklistQuestion | TextQuestion;

/** What a scorecard asks of the agents it is used on. */
export const agentResponses = ['none', 'acknowledge', 'acknowledge-or-dispute'] as const;
export type AgentResponse = (typeof agentResponses)[number];

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly weightHundredths: number;
  readonly questions: readonly Question[];
}

/** The content of one scorecard version: what was scored on it keeps it, byte for byte. */
export interface Scorecard {
  readonly name: string;
  readonly description: string;
  /** Total at or above which an evaluation passes, in hundredths of a percent; `null`: no pass mark. */
  readonly passMarkHundredths: number | null;
  /** Hours after submission in which an agent may dispute an evaluation. */
  readonly disputeWindowHours: number;
  /** What its agents are asked for (E2). Missing in versions made before it was there: `responseTo` says what holds then. */
  readonly agentResponse?: AgentResponse;
  readonly sections: readonly Section[];
}

/** Every question in scorecard order. */
export function questionsOf(scorecard: Pick<Scorecard, 'sections'>): Question[] {
  return scorecard.sections.flatMap((section) => section.questions);
}

/** Whether answers to the question carry points: text, and rubrics or checklists without points, do not. */
export function isScored(question: Question): boolean {
  switch (question.type) {
    case 'binary':
    case 'scale':
      return true;
    case 'rubric':
    case 'checklist':
      return question.options.some((option) => option.pointsHundredths !== null);
    case 'text':
      return false;
  }
}

/** The question's own tolerance, in hundredths of a percent; `null` where the session's threshold counts. */
export const toleranceOf = (question: Question): number | null =>
  question.type === 'text' ? null : (question.toleranceHundredths ?? null);

/** Beyond which divergence the question is flagged: its tolerance, else the session's threshold (E14). */
export const thresholdOf = (question: Question, thresholdHundredths: number): number =>
  toleranceOf(question) ?? thresholdHundredths;

/** Most sections a scorecard may have, and questions a section may. */
export const mostSections = 50;
export const mostInSection = 200;

/** Most questions a scorecard may have. */
export const mostQuestions = 1_000;

/** Most values a published scale may have. */
export const mostScaleValues = 1_001;

/**
 * The legal values of a scale, smallest first, in hundredths. A draft's scale that cannot be published has none where its
 * step leads nowhere, and the first `mostScaleValues` where it has more.
 */
export function scaleValues(question: ScaleQuestion): number[] {
  const { minHundredths, maxHundredths, stepHundredths } = question;
  if (!(stepHundredths > 0) || maxHundredths < minHundredths) return [];
  const count = Math.floor((maxHundredths - minHundredths) / stepHundredths) + 1;
  return Array.from(
    { length: Math.min(count, mostScaleValues) },
    (_, index) => minHundredths + index * stepHundredths,
  );
}

/** The scorecard narrowed to some questions (C2: a session may use a subset); sections left empty go. */
export function narrowScorecard(scorecard: Scorecard, questionIds: readonly string[] | null): Scorecard {
  if (questionIds === null) return scorecard;
  const kept = new Set(questionIds);
  return {
    ...scorecard,
    sections: scorecard.sections
      .map((section) => ({
        ...section,
        questions: section.questions.filter((question) => kept.has(question.id)),
      }))
      .filter((section) => section.questions.length > 0),
  };
}
