// Where the caret belongs after someone else's change to the same text: the words around it, not its number. Pure.

/** @returns the position in `after` of what stood at `position` in `before` */
export function shiftCaret(before: string, after: string, position: number): number {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  if (position <= head) return position;
  if (position >= before.length - tail) return position + after.length - before.length;
  return after.length - tail;
}
