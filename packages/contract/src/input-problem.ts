// What is wrong with one piece of input, as a code. Screens have a sentence for each, and the server a few words of English for
// callers of the API: no sentence stands here.
import * as z from 'zod/mini';

export const inputCodes = [
  /** Not of the shape that is asked for. */
  'invalid',
  'blank',
  'own-name-missing',
  'name-missing',
  'name-taken',
  'number-taken',
  'session-name-missing',
  'reason-missing',
  'words-missing',
  'words-unknown',
  'password-missing',
  'password-wrong',
  'password-short',
  'password-common',
  'password-own',
  'role-missing',
  'grant-unknown',
  'lob-repeated',
  /** NUL, or half of a character. */
  'characters',
  /** More characters than `most`. */
  'too-long',
  'too-many-questions',
  'too-many-examples',
  'too-many-lines',
  'email',
  'link',
  'date',
  'instant',
  'time-zone',
  'percentage',
  'days',
  'duration',
  'id',
  'scope-unknown',
  'scope-archived',
  'scope-not-covered',
  'scope-fixed',
  'scorecard-not-published',
  'scorecard-superseded',
  'scorecard-archived',
  'time-past',
  'questions-unknown',
  'questions-repeated',
  'idempotency-key',
  'cursor',
] as const;
export type InputCode = (typeof inputCodes)[number];

/** What a schema's check says when it fails: a code instead of a sentence. */
export const says = (code: InputCode): InputCode => code;

/**
 * One piece of bad input: a JSON pointer into the body (or `?name` for a query parameter), what is wrong with it, and the same in
 * English. A scorecard that cannot be published yet has codes of its own. `most`: how many are taken, where there are too many.
 */
export const inputError = z.object({
  pointer: z.string(),
  code: z.string(),
  detail: z.string(),
  most: z.optional(z.int()),
});
export type InputError = z.infer<typeof inputError>;
