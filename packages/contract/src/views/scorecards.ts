// Scorecards as they travel: the domain's shape for views, plain decimals for the import and export document.
import {
  mostInSection,
  mostOptions,
  mostQuestions,
  mostSections,
  type Scope,
  type Scorecard,
} from '@attune/domain';
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { says } from '../input-problem.ts';
import { capped } from './capped.ts';
import { scopeSchema } from './people.ts';
import { text } from './text.ts';

const identifier = z.string().check(z.minLength(1), z.maxLength(100), z.regex(/^[A-Za-z0-9._-]+$/));
const line = text(1_000);
const hundredths = z.int().check(z.minimum(-100_000_000), z.maximum(100_000_000));

const common = {
  id: identifier,
  prompt: line,
  guidance: text(5_000),
  weightHundredths: hundredths,
  required: z.boolean(),
  naEligible: z.boolean(),
  critical: z.enum(['none', 'section', 'scorecard']),
  comment: z.enum(['offered', 'required', 'required-when-points-lost']),
};
const option = z.object({ id: identifier, label: line, pointsHundredths: z.nullable(hundredths) });
const options = z.array(option).check(z.maxLength(mostOptions));

export const questionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('binary'), ...common }),
  z.object({
    type: z.literal('scale'),
    ...common,
    minHundredths: hundredths,
    maxHundredths: hundredths,
    stepHundredths: z.int().check(z.minimum(1), z.maximum(100_000_000)),
    anchors: z.array(z.object({ valueHundredths: hundredths, label: line })).check(z.maxLength(101)),
  }),
  z.object({ type: z.literal('rubric'), ...common, options }),
  z.object({ type: z.literal('checklist'), ...common, options }),
  z.object({ type: z.literal('text'), ...common }),
]);

export const scorecardSchema: z.ZodMiniType<Scorecard> = z.object({
  name: text(200),
  description: text(5_000),
  passMarkHundredths: z.nullable(z.int().check(z.minimum(0), z.maximum(10_000))),
  disputeWindowHours: z.int().check(z.minimum(0), z.maximum(8_760)),
  sections: z
    .array(
      z.object({
        id: identifier,
        title: text(200),
        weightHundredths: hundredths,
        questions: z.array(questionSchema).check(z.maxLength(mostInSection)),
      }),
    )
    .check(z.maxLength(mostSections)),
});

const decimal = z.number().check(z.minimum(-1_000_000), z.maximum(1_000_000), z.multipleOf(0.01));
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
                z.object({ type: z.literal('binary'), ...importCommon }),
                z.object({
                  type: z.literal('scale'),
                  ...importCommon,
                  min: decimal,
                  max: decimal,
                  step: z._default(decimal, 1),
                  anchors: z._default(z.array(importAnchor).check(z.maxLength(101)), []),
                }),
                z.object({ type: z.literal('rubric'), ...importCommon, options: importOptions }),
                z.object({ type: z.literal('checklist'), ...importCommon, options: importOptions }),
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
        switch (question.type) {
          case 'binary':
          case 'text':
            return { ...base, type: question.type };
          case 'scale':
            return {
              ...base,
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
              ...base,
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
        switch (question.type) {
          case 'binary':
          case 'text':
            return { ...base, type: question.type };
          case 'scale':
            return {
              ...base,
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
              ...base,
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

export const scorecardStatus = z.enum(['draft', 'published', 'archived']);

/** A scorecard in a list; `versionId` is its newest version the reader may see. */
export const scorecardSummary = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  status: scorecardStatus,
  scope: scopeSchema,
  versionId: idSchema,
  version: z.int(),
  questions: z.int(),
  sections: z.int(),
  publishedAt: z.nullable(z.string()),
});
export type ScorecardSummary = z.infer<typeof scorecardSummary>;

/** Who last changed a draft, and when; nobody knows of one that was not changed since it was made. */
const lastChange = z.nullable(z.object({ by: z.nullable(z.string()), at: z.string() }));

/** `revision` counts the changes of a draft; `lastChange` is for those who may change it. */
export const scorecardDetail = z.extend(scorecardSummary, {
  content: scorecardSchema,
  revision: z.int(),
  lastChange,
  /** The newest version that is published; `null` where none ever was: then the scope may still change. */
  publishedVersion: z.nullable(z.int()),
  /** Whether the reader may change it. */
  mayChange: z.boolean(),
});
export type ScorecardDetail = z.infer<typeof scorecardDetail>;

export const scorecardList = z.object({ scorecards: z.array(scorecardSummary) });

export const scorecardCreated = z.object({ id: idSchema, versionId: idSchema });

/** A new scorecard, made as a draft with one section and one question. */
export const newScorecardBody = z.object({
  name: text(200).check(z.refine((name) => name.trim() !== '', says('name-missing'))),
  scope: z._default(scopeSchema, { kind: 'organisation' }),
});

/** A whole draft, with the revision it was made from: where somebody has changed it since, it is not taken. */
export const draftBody = z.object({
  versionId: idSchema,
  revision: z.int().check(z.minimum(1)),
  scope: scopeSchema,
  content: scorecardSchema,
});

export const draftSaved = z.object({ id: idSchema, versionId: idSchema, revision: z.int() });

/** What a draft is instead, with `draft-changed`. */
export const presentDraft = z.object({
  versionId: idSchema,
  revision: z.int(),
  scope: scopeSchema,
  content: scorecardSchema,
  lastChange,
});
export type PresentDraft = z.infer<typeof presentDraft>;

/** One version in a scorecard's history, newest first. */
export const scorecardVersions = z.object({
  versions: z.array(
    z.object({
      versionId: idSchema,
      version: z.int(),
      name: z.string(),
      publishedAt: z.nullable(z.string()),
      lastChange,
    }),
  ),
});
export type ScorecardVersion = z.infer<typeof scorecardVersions>['versions'][number];

/** What publishing the draft would change: the version it replaces, and calibrations in draft that would move to it. */
export const publishingView = z.object({
  version: z.int(),
  replaces: z.nullable(z.int()),
  draftCalibrations: z.int(),
});
