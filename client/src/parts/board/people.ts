// The people of a board by participant id, with what marks and rows need of them.
import type { BoardView, ParticipantView } from '@attune/contract';
import { m } from '../../paraglide/messages.js';
import { named } from '../../texts/guest.ts';

export interface Person {
  readonly participantId: string;
  /** The member's id: colour and avatar. Where names are hidden, a stand-in. */
  readonly id: string;
  /** As it is shown: a guest's is marked. */
  readonly name: string;
  /** What the avatar shows instead of initials. */
  readonly sign?: string;
}

export type People = ReadonlyMap<string, Person>;

export const peopleOf = (
  participants: readonly Pick<ParticipantView, 'id' | 'memberId' | 'name' | 'guest'>[],
): People =>
  new Map(
    participants.map((person) => [
      person.id,
      { participantId: person.id, id: person.memberId, name: named(person) },
    ]),
  );

/** The people as the board names them: letters where names are hidden, and "You" for one's own. */
export function peopleOnBoard(
  board: Pick<BoardView, 'people' | 'own'> | undefined,
  participants: readonly Pick<ParticipantView, 'id' | 'memberId'>[],
): People {
  const members = new Map(participants.map(({ id, memberId }) => [id, memberId]));
  return new Map(
    (board?.people ?? []).map(({ participantId, letter, name, guest }): [string, Person] => [
      participantId,
      name === null
        ? {
            participantId,
            id: participantId,
            name: participantId === board?.own ? m.meeting_you() : m.meeting_evaluator({ letter }),
            sign: letter,
          }
        : { participantId, id: members.get(participantId) ?? participantId, name: named({ name, guest }) },
    ]),
  );
}

/** The persons behind ids, in the ids' order; ids that nobody has are left out. */
export const persons = (people: People, ids: readonly string[]): Person[] =>
  ids.flatMap((id) => people.get(id) ?? []);
