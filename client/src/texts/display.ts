// What the meeting screen says where a number, or who is meant, decides. Few words, and large.
import { type BoardQuestion, type Question, thresholdOf, toleranceOf } from '@attune/domain';
import { count, list } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';
import { board } from './board.ts';
import { figures } from './figures.ts';

export const display = {
  count,
  measure: ({ measure }: BoardQuestion) => m.board_measureName({ measure: measure ?? 'spread' }),
  /** The one number of a question, its unit apart: it stands smaller beside it. */
  figure: (question: Question, q: BoardQuestion, thresholdHundredths: number) => {
    const [number = '', unit = ''] = figures.divergence(question, q, thresholdHundredths).split('\u202f');
    return { number, unit };
  },
  /** What stands under the figure: `apart, n = 6`. */
  unit: ({ n }: BoardQuestion) => m.display_apart({ n }),
  /** What its flag is decided by: `over its tolerance of 20 %`, `within the threshold of 30 %`. */
  limit: (question: Question, q: BoardQuestion, thresholdHundredths: number) =>
    toleranceOf(question) === null
      ? board.verdict(question, q, thresholdHundredths)
      : m.display_tolerance({
          side: q.flagged ? 'over' : 'within',
          limit: figures.threshold(thresholdOf(question, thresholdHundredths)),
        }),
  only: (names: readonly string[]) => m.display_only({ names: list(names) }),
  allBut: (names: readonly string[]) => m.display_allBut({ names: list(names) }),
  speakers: (lowest: readonly string[], highest: readonly string[]) =>
    m.display_speakers({ lowest: list(lowest), highest: list(highest) }),
  /** A fifth of a question's range, in percent, by where it starts: `20–39`, `80–100`. */
  band: (start: number) => `${count(start)}–${count(start === 80 ? 100 : start + 19)}`,
} as const;
