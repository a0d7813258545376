// Problems in words for the person in front of the screen: what happened, and what to do; and what is wrong with a field.
import type { InputError, ProblemSlug } from '@attune/contract';
import { m } from '../paraglide/messages.js';

/** Problems that never reached the server. */
export type LocalSlug = 'offline' | 'timeout' | 'unreachable' | 'unknown';

export interface ProblemWords {
  readonly title: string;
  readonly detail?: string;
}

/** The slug, or `unknown` for one that a newer server has and this page does not. */
export const knownSlug = (slug: string): ProblemSlug | LocalSlug => (isKnown(slug) ? slug : 'unknown');

/** problems.test.ts sees to it that each has a title. */
const isKnown = (slug: string): slug is ProblemSlug | LocalSlug => m.problem_title({ slug }) !== '';

export function wordsOf(slug: ProblemSlug | LocalSlug): ProblemWords {
  const title = m.problem_title({ slug });
  const detail = m.problem_detail({ slug });
  return detail === '' ? { title } : { title, detail };
}

/** What is wrong with one field. A code that a newer server has and this page does not brings the server's own words. */
export function fieldWords({ code, detail, most }: InputError): string {
  if (code === 'too-long' && most !== undefined) return m.problem_inputTooLong({ most });
  return m.problem_input({ code }) || detail;
}
