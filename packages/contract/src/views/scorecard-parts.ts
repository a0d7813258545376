// What a scorecard's schemas are made of: the domain's shape and the import document take the same texts and choices.
import * as z from 'zod/mini';
import { says } from '../input-problem.ts';
import { text } from './text.ts';

export const identifier = z.string().check(z.minLength(1), z.maxLength(100), z.regex(/^[A-Za-z0-9._-]+$/));
export const line = text(1_000);
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
/** Of every type but text; a version that has none never gets one written into it (E13). */
export const comparable = {
  ...common,
  toleranceHundredths: z.optional(
    z.int().check(z.minimum(0, says('percentage')), z.maximum(10_000, says('percentage'))),
  ),
};
