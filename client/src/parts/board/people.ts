// The people of a board by participant id, with what marks and rows need of them.
import type { ParticipantView } from '@attune/contract';

export interface Person {
  readonly participantId: string;
  /** The member's id: colour and avatar. */
  readonly id: string;
  readonly name: string;
}

export type People = ReadonlyMap<string, Person>;

export const peopleOf = (
  participants: readonly Pick<ParticipantView, 'id' | 'memberId' | 'name'>[],
): People =>
  new Map(participants.map(({ id, memberId, name }) => [id, { participantId: id, id: memberId, name }]));

/** The persons behind ids, in the ids' order; ids that nobody has are left out. */
export const persons = (people: People, ids: readonly string[]): Person[] =>
  ids.flatMap((id) => people.get(id) ?? []);
