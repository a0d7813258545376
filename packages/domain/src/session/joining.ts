// Coming in by a link, waiting in the lobby, and watching as an observer (J1). Whether a link is valid and who holds it is the
// server's to know; here is only what joining does to a session.
import { admitsGuests, mayTakePartIn } from '../access.ts';
import { takesPartInCalibrations } from '../member.ts';
import type { Command } from './command.ts';
import { accept, type Decision, refuse, wrongStatus } from './decision.ts';
import type { SessionEvent } from './event.ts';
import type { FactsOf } from './facts.ts';
import { mayNotTakePart } from './refusal.ts';
import type { Session } from './state.ts';

/** Guests waiting at once; a link that got around must not fill the screen. */
export const mostWaiting = 50;

/** Of them, from one place: a team behind one router can wait together, and one person cannot fill the lobby. */
export const mostWaitingFromOnePlace = 10;

export function join(
  session: Session,
  { memberId }: Command<'join'>,
  { participantId, member }: FactsOf<'join'>,
): Decision {
  if (!member || !takesPartInCalibrations(member)) return refuse(mayNotTakePart(memberId, { why: 'role' }));
  const { access } = member;
  if (!mayTakePartIn(access, session.settings.scope))
    return refuse(mayNotTakePart(memberId, { why: 'elsewhere', access }));
  if (session.putOut.includes(memberId)) return refuse({ code: 'put-out' });
  return enter(session, participantId, memberId);
}

export function knock(
  session: Session,
  { name, from }: Command<'knock'>,
  { entryId, memberId, userId }: FactsOf<'knock'>,
  now: string,
): Decision {
  if (!admitsGuests(session.settings.scope)) return refuse({ code: 'guests-not-allowed' });
  if (session.status === 'resolved' || session.status === 'closed')
    return wrongStatus(session, 'draft', 'scoring', 'review');
  if (session.lobby.length >= mostWaiting) return refuse({ code: 'lobby-full', most: mostWaiting });
  const beside = session.lobby.filter((entry) => from !== null && entry.from === from).length;
  if (beside >= mostWaitingFromOnePlace)
    return refuse({ code: 'too-many-from-one-place', most: mostWaitingFromOnePlace });
  return accept({ type: 'knocked', entryId, memberId, userId, name, from, askedAt: now });
}

export function admit(
  session: Session,
  command: Command<'admit'>,
  { participantId, guestsAllowed }: FactsOf<'admit'>,
): Decision {
  // The organisation may have turned guests off while they waited.
  if (!guestsAllowed) return refuse({ code: 'guests-not-allowed' });
  const entry = session.lobby.find(({ id }) => id === command.entryId);
  if (!entry) return refuse({ code: 'not-waiting' });
  const { id: entryId, memberId } = entry;
  // A draft may have been given a scope while they waited.
  if (!admitsGuests(session.settings.scope)) return refuse(mayNotTakePart(memberId, { why: 'guest' }));
  return enter(session, participantId, memberId, { type: 'admitted', entryId, memberId });
}

export function turnAway(session: Session, command: Command<'turn-away'>): Decision {
  const entry = session.lobby.find(({ id }) => id === command.entryId);
  if (!entry) return refuse({ code: 'not-waiting' });
  const { id: entryId, memberId } = entry;
  return accept({ type: 'turned-away', entryId, memberId });
}

export function emptyLobby({ lobby }: Session): Decision {
  if (lobby.length === 0) return accept();
  return accept({ type: 'lobby-emptied', memberIds: lobby.map(({ memberId }) => memberId) });
}

const isIn = (session: Session, memberId: string) =>
  session.facilitatorId === memberId ||
  session.observers.includes(memberId) ||
  session.participants.some((participant) => participant.memberId === memberId);

/** A participant while that is possible, an observer in review (J1). */
function enter(
  session: Session,
  participantId: string,
  memberId: string,
  ...before: SessionEvent<'admitted'>[]
): Decision {
  if (isIn(session, memberId)) return accept(...before);
  switch (session.status) {
    case 'draft':
    case 'scoring': {
      const late = session.status === 'scoring';
      return accept(...before, { type: 'participant-added', participantId, memberId, late });
    }
    case 'review':
      return accept(...before, { type: 'observer-added', memberId });
    case 'resolved':
    case 'closed':
      return wrongStatus(session, 'draft', 'scoring', 'review');
  }
}
