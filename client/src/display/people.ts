// The people of the board as the room reads them: short names, or letters.
import type { BoardView } from '@attune/contract';
import { shortNames } from '../lib/room-layout.ts';
import { display } from '../texts/display.ts';

export interface RoomPerson {
  readonly id: string;
  readonly name: string;
  /** Two letters at most, for a narrow place. */
  readonly sign: string;
}

const signOf = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('');

/** By participant id, in the board's order. */
export function roomPeople(people: BoardView['people']): ReadonlyMap<string, RoomPerson> {
  const short = shortNames(people.map(({ name }) => name ?? ''));
  return new Map(
    people.map(({ participantId, letter, name }, at) => [
      participantId,
      name === null
        ? { id: participantId, name: display.evaluator(letter), sign: letter }
        : { id: participantId, name: short[at] ?? name, sign: signOf(name) },
    ]),
  );
}
