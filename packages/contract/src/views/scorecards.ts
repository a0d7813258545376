// Scorecards as they travel: the domain's shape, and views of it.
import { mostInSection, mostOptions, mostSections, type Scorecard } from '@attune/domain';
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { says } from '../input-problem.ts';
import { scopeSchema } from './people.ts';
import { common, comparable, hundredths, identifier, line } from './scorecard-parts.ts';
import { text } from './text.ts';

const option = z.object({ id: identifier, label: line, pointsHundredths: z.nullable(hundredths) });
const options = z.array(option).check(z.maxLength(mostOptions));

export const questionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('binary'), ...comparable }),
  z.object({
    type: z.literal('scale'),
    ...comparable,
    minHundredths: hundredths,
    maxHundredths: hundredths,
    stepHundredths: z.int().check(z.minimum(1), z.maximum(100_000_000)),
    anchors: z.array(z.object({ valueHundredths: hundredths, label: line })).check(z.maxLength(101)),
  }),
  z.object({ type: z.literal('rubric'), ...comparable, options }),
  z.object({ type: z.literal('checklist'), ...comparable, options }),
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
