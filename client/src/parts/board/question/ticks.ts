// The labels under a question's scale line: what its ends and steps mean, each at its score.
import { mostPointsHundredths, percentOf, type Question, scaleValues } from '@attune/domain';
import { hundredths } from '../../../lib/format.ts';
import { board } from '../../../texts/board.ts';
import { figures } from '../../../texts/figures.ts';

/** A label at `q` percent; `about` stands under it. */
export interface Tick {
  readonly q: number;
  readonly label: string;
  readonly about?: string;
}

const mostValues = 11;

/** A tick with the share of the line, in percent, that its label may take without reaching its neighbours'. */
export function withRoom(ticks: readonly Tick[]): (Tick & { readonly room: number })[] {
  return ticks.map((tick, at) => {
    const gaps = [ticks[at - 1], ticks[at + 1]].flatMap((other) =>
      other ? [Math.abs(other.q - tick.q)] : [],
    );
    return { ...tick, room: gaps.length > 0 ? Math.min(...gaps) : 100 };
  });
}

export function ticksOf(question: Question): Tick[] {
  switch (question.type) {
    case 'binary':
      return [
        { q: 0, label: board.answer(question, { kind: 'binary', pass: false }) },
        { q: 100, label: board.answer(question, { kind: 'binary', pass: true }) },
      ];
    case 'scale': {
      const all = scaleValues(question);
      const middle = all[Math.floor(all.length / 2)];
      const values = all.length <= mostValues ? all : [all[0], middle, all.at(-1)];
      return values.flatMap((valueHundredths) => {
        if (valueHundredths === undefined) return [];
        const about = question.anchors.find((anchor) => anchor.valueHundredths === valueHundredths)?.label;
        const q = percentOf(question, { kind: 'scale', valueHundredths }) ?? 0;
        return [{ q, label: hundredths(valueHundredths), ...(about ? { about } : {}) }];
      });
    }
    case 'rubric':
      return question.options
        .flatMap((option): Tick[] => {
          const q = percentOf(question, { kind: 'rubric', optionId: option.id });
          return q === null ? [] : [{ q, label: option.label }];
        })
        .sort((one, other) => one.q - other.q);
    case 'checklist':
      return [
        { q: 0, label: hundredths(0) },
        { q: 50, label: hundredths(mostPointsHundredths(question) / 2) },
        { q: 100, label: figures.points(mostPointsHundredths(question)) },
      ];
    case 'text':
      return [];
  }
}
