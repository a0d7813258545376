// The people of the board as the room reads them: short names, or letters.
import type { BoardView } from '@attune/contract';
import { shortNames } from '../lib/room-layout.ts';
import { m } from '../paraglide/messages.js';
import { named } from '../texts/guest.ts';

export interface RoomPerson {
  readonly id: string;
  /** For sentences: `Ana`, `Evaluator A`. */
  readonly name: string;
  /** For tiles: `Ana`, `Jo (guest)`, `A`. */
  readonly short: string;
  /** Two letters at most, for a narrow place; no two people have the same. */
  readonly sign: string;
}

const letters = (name: string) => name.split(/\s+/).map((word) => [...word]);
const initials = (name: string) =>
  letters(name)
    .map(([first = '']) => first)
    .slice(0, 2)
    .join('');

/** Signs by which everyone can be told from everyone: initials, else two letters of the first name, else a letter and a number. */
export function signsOf(names: readonly string[]): string[] {
  const tries = [
    initials,
    (name: string) => (letters(name)[0] ?? []).slice(0, 2).join(''),
    (name: string) => `${letters(name)[0]?.[0] ?? ''}${letters(name).at(-1)?.[1] ?? ''}`,
  ];
  const taken = new Set<string>();
  const take = (sign: string) => {
    taken.add(sign);
    return sign;
  };
  return names.map((name) => {
    for (const attempt of tries) if (!taken.has(attempt(name))) return take(attempt(name));
    for (let number = 2; ; number += 1) {
      const sign = `${letters(name)[0]?.[0] ?? ''}${number}`;
      if (!taken.has(sign)) return take(sign);
    }
  });
}

/** By participant id, in the board's order. */
export function roomPeople(people: BoardView['people']): ReadonlyMap<string, RoomPerson> {
  const names = people.map(({ name }) => name ?? '');
  const short = shortNames(names);
  const signs = signsOf(names);
  return new Map(
    people.map(({ participantId: id, letter, name, guest }, at) => [
      id,
      name === null
        ? { id, name: m.display_evaluator({ letter }), short: letter, sign: letter }
        : {
            id,
            name: named({ name: short[at] ?? name, guest }),
            short: named({ name: short[at] ?? name, guest }),
            sign: signs[at] ?? '',
          },
    ]),
  );
}
