// What a scorecard's schemas are made of: the domain's shape and the import document take the same texts and choices.
import { longestExample, mostExampleLines, mostExamples } from '@attune/domain';
import * as z from 'zod/mini';
import { says } from '../input-problem.ts';
import { text } from './text.ts';
import { transcriptLine } from './transcript.ts';

export const identifier = z.string().check(z.minLength(1), z.maxLength(100), z.regex(/^[A-Za-z0-9._-]+$/));
export const line = text(1_000);
export const decimal = z.number().check(z.minimum(-1_000_000), z.maximum(1_000_000), z.multipleOf(0.01));
export const hundredths = z.int().check(z.minimum(-100_000_000), z.maximum(100_000_000));

export const common = {
  id: identifier,
  prompt: line,
  guidance: text(5_000),
  weightHundredths: hundredths,
  required: z.boolean(),
  naEligible: z.boolean(),
  critical: z.enum(['none', 'section', 'scorecard']),
  comment: z.enum(['offered', 'required', 'required-when-points-lost']),
};
const exampleWords = {
  id: identifier,
  text: text(longestExample),
  lines: z.array(transcriptLine).check(z.maxLength(mostExampleLines, says('too-many-lines'))),
};
const example = z.object({
  ...exampleWords,
  of: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('binary'), pass: z.boolean() }),
    z.object({ kind: z.literal('scale'), valueHundredths: hundredths }),
    z.object({ kind: z.literal('option'), optionId: identifier }),
  ]),
});
const fewExamples = z.maxLength(mostExamples, says('too-many-examples'));

/** The same in the import document: values as decimals, and what is left out is empty. */
export const importExamples = z
  .array(
    z.object({
      id: identifier,
      text: z._default(exampleWords.text, ''),
      lines: z._default(exampleWords.lines, []),
      of: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('binary'), pass: z.boolean() }),
        z.object({ kind: z.literal('scale'), value: decimal }),
        z.object({ kind: z.literal('option'), option: identifier }),
      ]),
    }),
  )
  .check(fewExamples);

/** Of every type but text; a version that has none of these never gets one written into it (E13). */
export const comparable = {
  ...common,
  toleranceHundredths: z.optional(
    z.int().check(z.minimum(0, says('percentage')), z.maximum(10_000, says('percentage'))),
  ),
  examples: z.optional(z.array(example).check(fewExamples)),
};
