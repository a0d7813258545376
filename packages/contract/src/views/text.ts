// Text as it comes in: every name, reason, comment and prompt is checked by these, so that what cannot be stored is refused
// where it came in, naming its place.
import * as z from 'zod/mini';
import { type InputCode, says } from '../input-problem.ts';
import { toPersonName } from '../person-name.ts';
import { storablePattern } from '../storable.ts';

const storable = z.regex(storablePattern, says('characters'));
const atMost = (longest: number) => z.maxLength(longest, says('too-long'));

/** Text as typed, of at most so many UTF-16 code units. */
export const text = (longest: number) => z.string().check(storable, atMost(longest));

/** Text without the space around it. `whenBlank`: the code for one of which nothing is left; left out, it may be blank. */
export const trimmedText = (longest: number, whenBlank?: InputCode) =>
  z
    .string()
    .check(
      storable,
      z.trim(),
      ...(whenBlank === undefined ? [] : [z.minLength(1, whenBlank)]),
      atMost(longest),
    );

/** A person's name, without what cannot be seen in it. `whenBlank`: the code for one of which nothing is left. */
export const personName = (longest: number, whenBlank: InputCode) =>
  z.string().check(storable, z.overwrite(toPersonName), z.minLength(1, whenBlank), atMost(longest));

/** An id that someone chose: of a question, an option. */
export const identifierText = z.string().check(storable, z.minLength(1), z.maxLength(100));
