// The outline's lists as the library of drag and drop takes them.
import type { Scorecard } from '@attune/domain';

export interface Item {
  id: string;
}
export interface Row extends Item {
  questions: Item[];
}

/** Equal while nothing is added, removed or moved: what rests on it alone is not made anew for each letter typed. */
export const orderOf = ({ sections }: Scorecard): string =>
  sections.map(({ id, questions }) => [id, ...questions.map((one) => one.id)].join(' ')).join('\n');

/** A list that is as it was stays the same object: the library looks again at those that changed alone. */
export function rowsOf({ sections }: Scorecard, before: readonly Row[]): Row[] {
  const known = new Map(before.map((row) => [row.id, row]));
  return sections.map(({ id, questions }) => {
    const row = known.get(id);
    const isSame =
      row?.questions.length === questions.length &&
      questions.every((one, at) => one.id === row.questions[at]?.id);
    return row && isSame ? row : { id, questions: questions.map((question) => ({ id: question.id })) };
  });
}
