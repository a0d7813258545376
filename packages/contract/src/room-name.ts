// Names of the rooms a socket may ask for: `/sync/{name}`.
import { isId } from './ids.ts';

export type RoomName =
  /** Resolution notes, presence and session events of one session. */
  | { readonly kind: 'meeting'; readonly sessionId: string }
  /** One participant's answers. */
  | { readonly kind: 'sealed'; readonly participantId: string }
  /** No document: tells one member which sessions of theirs changed, so that lists stay true. */
  | { readonly kind: 'feed'; readonly memberId: string };

export const syncPath = '/sync';

export function formatRoomName(room: RoomName): string {
  switch (room.kind) {
    case 'meeting':
      return `meeting/${room.sessionId}`;
    case 'sealed':
      return `sealed/${room.participantId}`;
    case 'feed':
      return `feed/${room.memberId}`;
  }
}

/** The room behind a name, `null` for whatever is not exactly one. */
export function parseRoomName(name: string): RoomName | null {
  const [kind, id, ...rest] = name.split('/');
  if (rest.length > 0 || id === undefined || !isId(id)) return null;
  switch (kind) {
    case 'meeting':
      return { kind, sessionId: id };
    case 'sealed':
      return { kind, participantId: id };
    case 'feed':
      return { kind, memberId: id };
    default:
      return null;
  }
}
