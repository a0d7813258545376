// What the meeting screen says where a number, or who is meant, decides. Few words, and large.
import type { BoardQuestion } from '@attune/domain';
import { count, list, points } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';

export const display = {
  count,
  measure: ({ measure }: BoardQuestion) => m.board_measureName({ measure: measure ?? 'spread' }),
  figure: (q: BoardQuestion) => points(q.measure === 'spread' ? q.spread : q.divergence),
  /** What stands beside the figure: `points, n = 6`. */
  unit: ({ measure, spread, n }: BoardQuestion) =>
    measure === 'spread' ? m.display_unit({ points: points(spread), n: m.board_n({ n }) }) : m.board_n({ n }),
  only: (names: readonly string[]) => m.display_only({ names: list(names) }),
  allBut: (names: readonly string[]) => m.display_allBut({ names: list(names) }),
  speakers: (lowest: readonly string[], highest: readonly string[]) =>
    m.display_speakers({ lowest: list(lowest), highest: list(highest) }),
  /** A fifth of the points, by where it starts: `20–39`, `80–100`. */
  band: (start: number) => `${count(start)}–${count(start === 80 ? 100 : start + 19)}`,
} as const;
