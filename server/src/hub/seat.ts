// What a live connection may do now: a value out of who is connected and how the session stands, compared on every message and
// made anew by every committed event that touches it. The rules are the domain's.
import type { CloseReason, RoomName } from '@attune/contract';
import { type Actor, isRevealed, maySession, type SessionSubject } from '@attune/domain';

export interface Seat {
  /** Presence and session events of a meeting room. */
  readonly takesPart: boolean;
  readonly readsDocument: boolean;
  readonly writesDocument: boolean;
}

/** The seat, or why there is none. `subject` is null where there is no such session; a feed needs none. */
export function seatIn(room: RoomName, actor: Actor, subject: SessionSubject | null): Seat | CloseReason {
  switch (room.kind) {
    case 'feed':
      return room.memberId === actor.memberId
        ? { takesPart: false, readsDocument: false, writesDocument: false }
        : 'noSuchRoom';
    case 'meeting':
      if (!subject || !maySession(actor, 'session.read', subject)) return 'noSuchRoom';
      return {
        takesPart: true,
        readsDocument: maySession(actor, 'notes.read', subject),
        writesDocument: maySession(actor, 'notes.write', subject),
      };
    case 'sealed': {
      const own = subject?.participants.find(({ id }) => id === room.participantId);
      if (!subject || own?.memberId !== actor.memberId) return 'noSuchRoom';
      if (isRevealed(subject.status)) return 'ended';
      if (!maySession(actor, 'sheet.read', subject)) return 'notAllowed';
      return {
        takesPart: false,
        readsDocument: true,
        writesDocument: maySession(actor, 'sheet.write', subject),
      };
    }
  }
}
