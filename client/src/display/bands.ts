// The overview of more people than columns: how many scored in each fifth of the scale, question by question. Pure.
import type { BoardQuestion } from '@attune/domain';

/** In percent; the last ends at 100, that included. */
export const bandStarts = [0, 20, 40, 60, 80] as const;

/** How many of a question's scores fall in each band. */
export function bandCounts(numbers: BoardQuestion): number[] {
  const counts = bandStarts.map(() => 0);
  for (const { q } of numbers.answers) {
    if (q === null) continue;
    const at = Math.min(bandStarts.length - 1, Math.floor(q / 20));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** How heavy a cell is drawn: nobody, some, a fifth and more, half and more. */
export function weightOf(count: number, n: number): 'none' | 'some' | 'many' | 'most' {
  if (count === 0 || n === 0) return 'none';
  const share = count / n;
  return share >= 0.5 ? 'most' : share >= 0.2 ? 'many' : 'some';
}
