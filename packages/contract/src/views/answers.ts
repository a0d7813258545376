// Answers, evidence and sheets as they travel: the domain's shapes, checked.
import {
  type AgreedAnswer,
  type Answer,
  type Evidence,
  longestText,
  mostCitations,
  mostOptions,
  mostQuestions,
  type Sheet,
} from '@attune/domain';
import * as z from 'zod/mini';
import { says } from '../input-problem.ts';
import { capped } from './capped.ts';
import { identifierText as identifier, text } from './text.ts';

export const answerSchema: z.ZodMiniType<Answer> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('na') }),
  z.object({ kind: z.literal('binary'), pass: z.boolean() }),
  z.object({ kind: z.literal('scale'), valueHundredths: z.int() }),
  z.object({ kind: z.literal('rubric'), optionId: identifier }),
  z.object({ kind: z.literal('checklist'), optionIds: z.array(identifier).check(z.maxLength(mostOptions)) }),
  z.object({ kind: z.literal('text'), text: text(longestText) }),
]);

export const agreedAnswerSchema: z.ZodMiniType<AgreedAnswer> = z.union([
  answerSchema,
  z.object({ kind: z.literal('scorecard-needs-changing') }),
]);

export const evidenceSchema: z.ZodMiniType<Evidence> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('line'), line: z.int().check(z.minimum(0), z.maximum(100_000)) }),
  z.object({ kind: z.literal('second'), second: z.int().check(z.minimum(0), z.maximum(1_000_000)) }),
]);

const sheetEntry = z.object({
  answer: z.nullable(answerSchema),
  comment: text(longestText),
  evidence: z.array(evidenceSchema).check(z.maxLength(mostCitations)),
});

export const sheetSchema: z.ZodMiniType<Sheet> = z
  .record(capped(text(100).check(z.minLength(1))), capped(sheetEntry))
  .check(z.refine((sheet) => Object.keys(sheet).length <= mostQuestions, says('too-many-questions')));
