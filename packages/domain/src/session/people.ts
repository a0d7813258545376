// Who is in (C4, C5, C12): added and removed by the facilitator, put out and let back in, and the names guests gave themselves (J1).
// Whoever is put out reads nothing more from that moment on; before the reveal their sheet is gone with them, after it their
// answers stay.

import type { Scope } from '../access.ts';
import { type Hindrance, whyNotTakePart } from '../member.ts';
import type { Command } from './command.ts';
import { accept, type Decision, refuse, wrongStatus } from './decision.ts';
import type { FactsOf, KnownMember } from './facts.ts';
import { mayNotTakePart } from './refusal.ts';
import { isRevealedSession, openRevote, type Session } from './state.ts';
import { isRevealed } from './status.ts';

/** Guests come in by the join link alone. */
function whyNotInvite(member: KnownMember | null, scope: Scope): Hindrance | null {
  if (!member) return { why: 'unknown' };
  return member.guest ? { why: 'guest' } : whyNotTakePart(member, scope);
}

export function addParticipant(
  session: Session,
  { memberId }: Command<'add-participant'>,
  { participantId, member }: FactsOf<'add-participant'>,
): Decision {
  const hindrance = whyNotInvite(member, session.settings.scope);
  if (hindrance) return refuse(mayNotTakePart(memberId, hindrance));
  if (isRevealed(session.status)) return wrongStatus(session, 'draft', 'scoring');
  if (session.participants.some((participant) => participant.memberId === memberId))
    return refuse({ code: 'already-a-participant', memberId });
  return accept({ type: 'participant-added', participantId, memberId, late: session.status === 'scoring' });
}

export function removeParticipant(
  session: Session,
  { participantId }: Command<'remove-participant'>,
): Decision {
  if (session.status !== 'draft') return wrongStatus(session, 'draft');
  const participant = session.participants.find(({ id }) => id === participantId);
  if (!participant) return refuse({ code: 'not-a-participant' });
  return accept({ type: 'participant-removed', participantId, memberId: participant.memberId });
}

/** Nothing enters a closed session's log: there, an administrator ends the sign-in. */
const whyClosed = (session: Session): Decision | null =>
  session.status === 'closed' ? wrongStatus(session, 'draft', 'scoring', 'review', 'resolved') : null;

export function putOut(
  session: Session,
  command: Command<'put-out'>,
  { name, discarded }: FactsOf<'put-out'>,
): Decision {
  const closed = whyClosed(session);
  if (closed) return closed;
  const { memberId } = command;
  const reason = command.reason.trim();
  const participant = session.participants.find((one) => one.memberId === memberId);
  if (!participant && !session.observers.includes(memberId)) return refuse({ code: 'not-a-participant' });
  if (memberId === session.facilitatorId) return refuse({ code: 'facilitator-stays' });
  // Twice is once: they are out.
  if (session.putOut.includes(memberId)) return accept();
  if (reason === '') return refuse({ code: 'reason-required' });
  const open = isRevealedSession(session) ? openRevote(session.revotes) : null;
  // However few remain: a stranger must be put out, and the reveal waits for somebody else.
  return accept({
    type: 'put-out',
    memberId,
    name,
    reason,
    participantId: participant?.id ?? null,
    discarded,
    revoteId: participant && open?.votedIds.includes(participant.id) ? open.id : null,
  });
}

export function letBackIn(
  session: Session,
  { memberId }: Command<'let-back-in'>,
  { name, guest }: FactsOf<'let-back-in'>,
): Decision {
  const closed = whyClosed(session);
  if (closed) return closed;
  if (!isRevealed(session.status)) return wrongStatus(session, 'review', 'resolved');
  // A guest comes again by the lobby: their sign-in is gone.
  if (guest || !session.putOut.includes(memberId)) return refuse({ code: 'not-put-out' });
  return accept({ type: 'let-back-in', memberId, name });
}

export function renameGuest(
  session: Session,
  { memberId, to }: Command<'rename-guest'>,
  { from, guest }: FactsOf<'rename-guest'>,
): Decision {
  const closed = whyClosed(session);
  if (closed) return closed;
  const isHere =
    session.observers.includes(memberId) ||
    [...session.participants, ...session.lobby].some((person) => person.memberId === memberId);
  // Under which name somebody was put out is not to be changed afterwards.
  if (!guest || !isHere || session.putOut.includes(memberId)) return refuse({ code: 'not-a-guest' });
  return from === to ? accept() : accept({ type: 'guest-renamed', memberId, from, to });
}
