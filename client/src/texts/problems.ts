// Problems in words for the person in front of the screen: what happened, and what to do. By slug; where a slug has no
// detail of ours, the server's own is shown.

import type { ProblemSlug } from '@attune/contract';
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
