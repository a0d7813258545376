// A line of a transcript, of an interaction's or in an example.
import * as z from 'zod/mini';
import { text } from './text.ts';

export const transcriptLine = z.object({
  speaker: z.nullable(text(80)),
  second: z.nullable(z.int().check(z.minimum(0), z.maximum(1_000_000))),
  text: text(4_000),
});
