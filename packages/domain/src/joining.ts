// Coming in by a link, waiting in the lobby, watching as an observer, and handing the session over (J1, C3). Whether a link is
// valid and who holds it is the server's to know; here is only what joining does to a session.
import { type Access, admitsGuests, mayTakePartIn } from './access.ts';
import { mayNotTakePart } from './refusal.ts';
import { accept, type Decision, type Participant, refuse, type Session, wrongStatus } from './session.ts';

/** A guest who gave a name and waits for the facilitator's yes. */
export interface LobbyEntry {
  readonly id: string;
  readonly memberId: string;
  readonly askedAt: string;
  /** Where they ask from, as a keyed hash of the address; `null` where that is not known. */
  readonly from: string | null;
}

/** Whose names the board shows (J3): everyone's; letters on the meeting screen alone; letters for everybody until closed. */
export const namesModes = ['shown', 'hidden-on-screen', 'hidden'] as const;
export type NamesMode = (typeof namesModes)[number];

export type JoiningCommand =
  /** A member with an account, by the join link. Whoever is in already stays as they are. */
  | {
      readonly type: 'join';
      readonly participantId: string;
      readonly memberId: string;
      readonly access: Access;
    }
  /** A guest, by the join link. */
  | {
      readonly type: 'knock';
      readonly entryId: string;
      readonly memberId: string;
      readonly from: string | null;
    }
  | { readonly type: 'admit'; readonly entryId: string; readonly participantId: string }
  | { readonly type: 'turn-away'; readonly entryId: string }
  /** Everyone who waits is turned away: the facilitator's word, or the end of the link they came by. */
  | { readonly type: 'empty-lobby' }
  | { readonly type: 'set-names'; readonly names: NamesMode }
  /** To another member who may facilitate this session: the caller has made sure. */
  | { readonly type: 'hand-over'; readonly memberId: string };

export type JoiningEvent =
  | { readonly type: 'knocked'; readonly entryId: string; readonly memberId: string }
  | { readonly type: 'admitted'; readonly entryId: string; readonly memberId: string }
  | { readonly type: 'turned-away'; readonly entryId: string; readonly memberId: string }
  | { readonly type: 'lobby-emptied'; readonly memberIds: readonly string[] }
  | { readonly type: 'observer-added'; readonly memberId: string }
  | { readonly type: 'names-set'; readonly names: NamesMode }
  | { readonly type: 'handed-over'; readonly from: string; readonly to: string };

/** Guests waiting at once; a link that got around must not fill the screen. */
export const mostWaiting = 50;

/** Of them, from one place: a team behind one router can wait together, and one person cannot fill the lobby. */
export const mostWaitingFromOnePlace = 10;

/** @param now ISO 8601 instant, UTC */
export function decideJoining(session: Session, command: JoiningCommand, now: string): Decision {
  switch (command.type) {
    case 'join':
      if (!mayTakePartIn(command.access, session.settings.scope))
        return refuse(mayNotTakePart(command.memberId, { why: 'elsewhere', access: command.access }));
      if (session.putOut.includes(command.memberId)) return refuse({ code: 'put-out' });
      return enter(session, command.participantId, command.memberId);
    case 'knock':
      return knock(session, command, now);
    case 'admit': {
      const entry = session.lobby.find(({ id }) => id === command.entryId);
      if (!entry) return refuse({ code: 'not-waiting' });
      const { id: entryId, memberId } = entry;
      // A draft may have been given a scope while they waited.
      if (!admitsGuests(session.settings.scope)) return refuse(mayNotTakePart(memberId, { why: 'guest' }));
      return enter(withoutEntry(session, entryId), command.participantId, memberId, {
        type: 'admitted',
        entryId,
        memberId,
      });
    }
    case 'turn-away': {
      const entry = session.lobby.find(({ id }) => id === command.entryId);
      if (!entry) return refuse({ code: 'not-waiting' });
      const { id: entryId, memberId } = entry;
      return accept(withoutEntry(session, entryId), { type: 'turned-away', entryId, memberId });
    }
    case 'empty-lobby':
      return session.lobby.length === 0
        ? accept(session)
        : accept(
            { ...session, lobby: [] },
            { type: 'lobby-emptied', memberIds: session.lobby.map(({ memberId }) => memberId) },
          );
    case 'set-names': {
      const { names } = command;
      if (session.status === 'closed') return wrongStatus(session, 'draft', 'scoring', 'review', 'resolved');
      return names === session.names
        ? accept(session)
        : accept({ ...session, names }, { type: 'names-set', names });
    }
    case 'hand-over': {
      const { memberId } = command;
      if (session.status === 'closed') return wrongStatus(session, 'draft', 'scoring', 'review', 'resolved');
      if (session.facilitatorId === memberId) return refuse({ code: 'already-facilitator' });
      return accept(
        { ...session, facilitatorId: memberId },
        { type: 'handed-over', from: session.facilitatorId, to: memberId },
      );
    }
  }
}

const withoutEntry = (session: Session, entryId: string): Session => ({
  ...session,
  lobby: session.lobby.filter(({ id }) => id !== entryId),
});

const isIn = (session: Session, memberId: string) =>
  session.facilitatorId === memberId ||
  session.observers.includes(memberId) ||
  session.participants.some((participant) => participant.memberId === memberId);

function knock(session: Session, command: Extract<JoiningCommand, { type: 'knock' }>, now: string): Decision {
  if (!admitsGuests(session.settings.scope)) return refuse({ code: 'guests-not-allowed' });
  if (session.status === 'resolved' || session.status === 'closed')
    return wrongStatus(session, 'draft', 'scoring', 'review');
  if (session.lobby.length >= mostWaiting) return refuse({ code: 'lobby-full', most: mostWaiting });
  const { from } = command;
  const beside = session.lobby.filter((entry) => from !== null && entry.from === from).length;
  if (beside >= mostWaitingFromOnePlace)
    return refuse({ code: 'too-many-from-one-place', most: mostWaitingFromOnePlace });
  const entry: LobbyEntry = { id: command.entryId, memberId: command.memberId, askedAt: now, from };
  return accept(
    { ...session, lobby: [...session.lobby, entry] },
    { type: 'knocked', entryId: entry.id, memberId: entry.memberId },
  );
}

/** A participant while that is possible, an observer in review (J1). */
function enter(
  session: Session,
  participantId: string,
  memberId: string,
  ...before: Extract<JoiningEvent, { type: 'admitted' }>[]
): Decision {
  if (isIn(session, memberId)) return accept(session, ...before);
  switch (session.status) {
    case 'draft':
    case 'scoring': {
      const late = session.status === 'scoring';
      const added: Participant = { id: participantId, memberId, late, state: 'scoring' };
      return accept({ ...session, participants: [...session.participants, added] }, ...before, {
        type: 'participant-added',
        participantId,
        memberId,
        late,
      });
    }
    case 'review':
      return accept({ ...session, observers: [...session.observers, memberId] }, ...before, {
        type: 'observer-added',
        memberId,
      });
    case 'resolved':
    case 'closed':
      return wrongStatus(session, 'draft', 'scoring', 'review');
  }
}
