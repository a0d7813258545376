// A question's scale line as the room reads it: how far somebody moved, and how many stand where. Pure.
import { type BoardQuestion, type Question, scaleValues } from '@attune/domain';
import { hundredths } from '../lib/format.ts';
import { ticksOf } from '../parts/board/question/ticks.ts';

/** How many steps of a scale lie between two scores, without a sign; `null` where the answers' own words say it. */
export function stepText(question: Question, from: number, to: number): string | null {
  if (question.type !== 'scale') return null;
  const apart = (question.maxHundredths - question.minHundredths) * Math.abs(to - from);
  return hundredths(Math.round(apart / 100));
}

/** Whether the line's labels name this score already. */
export const isNamed = (question: Question, q: number): boolean =>
  ticksOf(question).some((tick) => Math.abs(tick.q - q) < 0.01);

/** How many stand at a place of the line, now and in the round before. `q` and `width` in percent of the line. */
export interface Column {
  readonly q: number;
  readonly width: number;
  readonly count: number;
  readonly before: number;
}

/** More places than this are drawn as ranges. */
const mostPlaces = 11;
const ranges = 10;
/** Of a column, in percent of the line. */
const widest = 14;

/** The places of a scored question: each possible score where there are few, ranges of ten percent where there are many. */
export function columnsOf(
  question: Question,
  numbers: BoardQuestion,
  before: BoardQuestion | null,
): readonly Column[] {
  const isFine =
    question.type === 'checklist' || (question.type === 'scale' && scaleValues(question).length > mostPlaces);
  const exact = [...new Set(ticksOf(question).map(({ q }) => q))].sort((one, other) => one - other);
  const places = isFine ? Array.from({ length: ranges }, (_, at) => (at + 0.5) * (100 / ranges)) : exact;
  const placeOf = (q: number) =>
    isFine
      ? Math.min(ranges - 1, Math.floor((q * ranges) / 100))
      : places.findIndex((place) => Math.abs(place - q) < 0.01);
  const countIn = (of: BoardQuestion | null) => {
    const counts = places.map(() => 0);
    for (const { q } of of?.answers ?? []) {
      const at = q === null ? -1 : placeOf(q);
      if (at >= 0) counts[at] = (counts[at] ?? 0) + 1;
    }
    return counts;
  };
  const [now, then] = [countIn(numbers), countIn(before)];
  const gaps = places.slice(1).map((place, at) => place - (places[at] ?? 0));
  const width = Math.min(widest, 0.78 * Math.min(100, ...gaps));
  return places.map((q, at) => ({ q, width, count: now[at] ?? 0, before: then[at] ?? 0 }));
}
