// The import and export document of a scorecard (S7): plain decimals, and what is usual may be left out.
import {
  type Example,
  examplesOf,
  mostInSection,
  mostOptions,
  mostQuestions,
  mostSections,
  type Scope,
  type Scorecard,
  toleranceOf,
} from '@attune/domain';
import * as z from 'zod/mini';
import { says } from '../input-problem.ts';
import { capped } from './capped.ts';
import { scopeSchema } from './people.ts';
import { common, decimal, identifier, importExamples, line } from './scorecard-parts.ts';
import { text } from './text.ts';

const importOption = capped(
  z.object({ id: identifier, label: line, points: z.optional(z.nullable(decimal)) }),
);
const importOptions = z.array(importOption).check(z.maxLength(mostOptions));
const importAnchor = capped(z.object({ value: decimal, label: line }));
const importCommon = {
  id: identifier,
  prompt: line,
  guidance: z._default(common.guidance, ''),
  weight: z._default(decimal, 1),
  required: z._default(z.boolean(), true),
  naEligible: z._default(z.boolean(), false),
  critical: z._default(common.critical, 'none'),
  comment: z._default(common.comment, 'offered'),
};

const importComparable = {
  ...importCommon,
  /** In percent; left out or `null`, the session's threshold counts. */
  tolerance: z.optional(
    z.nullable(
      z
        .number()
        .check(
          z.minimum(0, says('percentage')),
          z.maximum(100, says('percentage')),
          z.multipleOf(0.01, says('percentage')),
        ),
    ),
  ),
  examples: z.optional(importExamples),
};

type ImportExample = z.infer<typeof importExamples>[number];

function exampleOfDocument({ id, of, text: words, lines }: ImportExample): Example {
  const read = (): Example['of'] => {
    switch (of.kind) {
      case 'binary':
        return of;
      case 'scale':
        return { kind: of.kind, valueHundredths: toHundredths(of.value) };
      case 'option':
        return { kind: of.kind, optionId: of.option };
    }
  };
  return { id, of: read(), text: words, lines };
}

function documentOfExample({ id, of, text: words, lines }: Example): ImportExample {
  const written = (): ImportExample['of'] => {
    switch (of.kind) {
      case 'binary':
        return of;
      case 'scale':
        return { kind: of.kind, value: fromHundredths(of.valueHundredths) };
      case 'option':
        return { kind: of.kind, option: of.optionId };
    }
  };
  return { id, of: written(), text: words, lines: [...lines] };
}

/** The import and export document, of unfinished drafts too: points, weights and scale values as decimals with at most two places. */
export const scorecardDocument = z.object({
  format: z.literal('attune-scorecard/1'),
  name: text(200),
  description: z._default(text(5_000), ''),
  scope: z._default(scopeSchema, { kind: 'organisation' }),
  passMark: z._default(z.nullable(z.number().check(z.minimum(0), z.maximum(100), z.multipleOf(0.01))), null),
  disputeWindowHours: z._default(z.int().check(z.minimum(0), z.maximum(8_760)), 72),
  sections: z
    .array(
      z.object({
        id: identifier,
        title: text(200),
        weight: z._default(decimal, 1),
        questions: z
          .array(
            capped(
              z.discriminatedUnion('type', [
                z.object({ type: z.literal('binary'), ...importComparable }),
                z.object({
                  type: z.literal('scale'),
                  ...importComparable,
                  min: decimal,
                  max: decimal,
                  step: z._default(decimal, 1),
                  anchors: z._default(z.array(importAnchor).check(z.maxLength(101)), []),
                }),
                z.object({ type: z.literal('rubric'), ...importComparable, options: importOptions }),
                z.object({ type: z.literal('checklist'), ...importComparable, options: importOptions }),
                z.object({ type: z.literal('text'), ...importCommon }),
              ]),
            ),
          )
          .check(z.maxLength(mostInSection)),
      }),
    )
    .check(
      z.maxLength(mostSections),
      z.refine(
        (sections) => sections.reduce((total, { questions }) => total + questions.length, 0) <= mostQuestions,
        says('too-many-questions'),
      ),
    ),
});
export type ScorecardDocument = z.infer<typeof scorecardDocument>;

const toHundredths = (value: number) => Math.round(value * 100);

/** The domain's scorecard of an import document. */
export function scorecardOfDocument(document: ScorecardDocument): Scorecard {
  return {
    name: document.name,
    description: document.description,
    passMarkHundredths: document.passMark === null ? null : toHundredths(document.passMark),
    disputeWindowHours: document.disputeWindowHours,
    sections: document.sections.map((section) => ({
      id: section.id,
      title: section.title,
      weightHundredths: toHundredths(section.weight),
      questions: section.questions.map((question) => {
        const base = {
          id: question.id,
          prompt: question.prompt,
          guidance: question.guidance,
          weightHundredths: toHundredths(question.weight),
          required: question.required,
          naEligible: question.naEligible,
          critical: question.critical,
          comment: question.comment,
        };
        if (question.type === 'text') return { ...base, type: question.type };
        const { tolerance, examples = [] } = question;
        const comparable = {
          ...base,
          ...(tolerance === undefined || tolerance === null
            ? {}
            : { toleranceHundredths: toHundredths(tolerance) }),
          ...(examples.length === 0 ? {} : { examples: examples.map(exampleOfDocument) }),
        };
        switch (question.type) {
          case 'binary':
            return { ...comparable, type: question.type };
          case 'scale':
            return {
              ...comparable,
              type: question.type,
              minHundredths: toHundredths(question.min),
              maxHundredths: toHundredths(question.max),
              stepHundredths: toHundredths(question.step),
              anchors: question.anchors.map(({ value, label }) => ({
                valueHundredths: toHundredths(value),
                label,
              })),
            };
          case 'rubric':
          case 'checklist':
            return {
              ...comparable,
              type: question.type,
              options: question.options.map(({ id, label, points }) => ({
                id,
                label,
                pointsHundredths: points === null || points === undefined ? null : toHundredths(points),
              })),
            };
        }
      }),
    })),
  };
}

const fromHundredths = (value: number) => value / 100;

/** The import document of a scorecard: what is exported can be imported, and is the same. */
export function documentOfScorecard(scorecard: Scorecard, scope: Scope): ScorecardDocument {
  const { name, description, passMarkHundredths, disputeWindowHours } = scorecard;
  return {
    format: 'attune-scorecard/1',
    name,
    description,
    scope,
    passMark: passMarkHundredths === null ? null : fromHundredths(passMarkHundredths),
    disputeWindowHours,
    sections: scorecard.sections.map((section) => ({
      id: section.id,
      title: section.title,
      weight: fromHundredths(section.weightHundredths),
      questions: section.questions.map((question) => {
        const { weightHundredths, id, prompt, guidance, required, naEligible, critical, comment } = question;
        const weight = fromHundredths(weightHundredths);
        const base = { id, prompt, guidance, weight, required, naEligible, critical, comment };
        if (question.type === 'text') return { ...base, type: question.type };
        const tolerance = toleranceOf(question);
        const examples = examplesOf(question).map(documentOfExample);
        const comparable = {
          ...base,
          ...(tolerance === null ? {} : { tolerance: fromHundredths(tolerance) }),
          ...(examples.length === 0 ? {} : { examples }),
        };
        switch (question.type) {
          case 'binary':
            return { ...comparable, type: question.type };
          case 'scale':
            return {
              ...comparable,
              type: question.type,
              min: fromHundredths(question.minHundredths),
              max: fromHundredths(question.maxHundredths),
              step: fromHundredths(question.stepHundredths),
              anchors: question.anchors.map(({ valueHundredths, label }) => ({
                value: fromHundredths(valueHundredths),
                label,
              })),
            };
          case 'rubric':
          case 'checklist':
            return {
              ...comparable,
              type: question.type,
              options: question.options.map(({ id, label, pointsHundredths }) => ({
                id,
                label,
                points: pointsHundredths === null ? null : fromHundredths(pointsHundredths),
              })),
            };
        }
      }),
    })),
  };
}
