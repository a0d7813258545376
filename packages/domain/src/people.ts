// Putting people out and letting them back in (C12), and the names that guests gave themselves (J1). Whoever is put out reads
// nothing more from that moment on; before the reveal their sheet is gone with them, after it their answers stay.
import {
  accept,
  type Decision,
  isRevealed,
  isRevealedSession,
  refuse,
  type Session,
  wrongStatus,
} from './session.ts';

export type PeopleCommand =
  /** A participant or an observer. `name` and `discarded` are the caller's to know. */
  | {
      readonly type: 'put-out';
      readonly memberId: string;
      readonly name: string;
      readonly reason: string;
      /** The commitment of a submission that is destroyed with the place, hexadecimal. */
      readonly discarded: string | null;
    }
  /** After the reveal, a member who was put out by mistake. Before it they are added like anyone else. */
  | { readonly type: 'let-back-in'; readonly memberId: string; readonly name: string }
  /** The caller has made sure that it is a guest's name. */
  | { readonly type: 'rename-guest'; readonly memberId: string; readonly from: string; readonly to: string };

export type PeopleEvent =
  | {
      readonly type: 'put-out';
      readonly memberId: string;
      /** By name, too: before the reveal nothing else is left of them. */
      readonly name: string;
      readonly reason: string;
      /** `null` for an observer. */
      readonly participantId: string | null;
      /** The commitment of the submission that was destroyed unread; `null` where there was none. */
      readonly discarded: string | null;
      /** The open re-vote whose vote was destroyed unread; `null` where they had cast none. */
      readonly revoteId: string | null;
    }
  | { readonly type: 'let-back-in'; readonly memberId: string; readonly name: string }
  | { readonly type: 'guest-renamed'; readonly memberId: string; readonly from: string; readonly to: string };

/** The list without the one. */
export const without = (ids: readonly string[], id: string): string[] => ids.filter((one) => one !== id);

export function decidePeople(session: Session, command: PeopleCommand): Decision {
  // Nothing enters a closed session's log: there, an administrator ends the sign-in.
  if (session.status === 'closed') return wrongStatus(session, 'draft', 'scoring', 'review', 'resolved');
  switch (command.type) {
    case 'put-out':
      return putOut(session, command);
    case 'let-back-in': {
      const { memberId, name } = command;
      if (!isRevealed(session.status)) return wrongStatus(session, 'review', 'resolved');
      if (!session.putOut.includes(memberId)) return refuse({ code: 'not-put-out' });
      return accept(
        { ...session, putOut: without(session.putOut, memberId) },
        { type: 'let-back-in', memberId, name },
      );
    }
    case 'rename-guest': {
      const { memberId, from, to } = command;
      const isHere =
        session.observers.includes(memberId) ||
        [...session.participants, ...session.lobby].some((person) => person.memberId === memberId);
      if (!isHere) return refuse({ code: 'not-a-guest' });
      return from === to ? accept(session) : accept(session, { type: 'guest-renamed', memberId, from, to });
    }
  }
}

function putOut(session: Session, command: Extract<PeopleCommand, { type: 'put-out' }>): Decision {
  const { memberId, name, discarded } = command;
  const reason = command.reason.trim();
  const participant = session.participants.find((one) => one.memberId === memberId);
  if (!participant && !session.observers.includes(memberId)) return refuse({ code: 'not-a-participant' });
  if (memberId === session.facilitatorId) return refuse({ code: 'facilitator-stays' });
  // Twice is once: they are out.
  if (session.putOut.includes(memberId)) return accept(session);
  if (reason === '') return refuse({ code: 'reason-required' });
  const open = isRevealedSession(session) ? session.revotes.find(({ state }) => state === 'open') : undefined;
  const revoteId = participant && open?.votedIds.includes(participant.id) ? open.id : null;
  // However few remain: a stranger must be put out, and the reveal waits for somebody else.
  const out: Session = {
    ...withoutVote(session, revoteId, participant?.id ?? ''),
    observers: without(session.observers, memberId),
    putOut: [...session.putOut, memberId],
    participants: isRevealed(session.status)
      ? session.participants
      : session.participants.filter((one) => one.memberId !== memberId),
  };
  return accept(out, {
    type: 'put-out',
    memberId,
    name,
    reason,
    participantId: participant?.id ?? null,
    discarded,
    revoteId,
  });
}

function withoutVote(session: Session, revoteId: string | null, participantId: string): Session {
  if (revoteId === null || !isRevealedSession(session)) return session;
  return {
    ...session,
    revotes: session.revotes.map((revote) =>
      revote.id === revoteId ? { ...revote, votedIds: without(revote.votedIds, participantId) } : revote,
    ),
  };
}
