// While people score (C5 to C7): submitting and taking back, excusing and readmitting, and starting a place afresh (J2).
import { progressOf } from '../answer.ts';
import { canonicalJson, toHex } from '../canonical.ts';
import { missing } from '../sheet-check.ts';
import type { Command } from './command.ts';
import { accept, type Decision, needsStatus, refuse, wrongStatus } from './decision.ts';
import type { RestartCause } from './event.ts';
import type { FactsOf } from './facts.ts';
import type { Refusal } from './refusal.ts';
import { fewestParticipants, type Participant, type PublicSession, type Session } from './state.ts';

type Person = PublicSession['participants'][number];

const placeOf = ({ participants }: PublicSession, memberId: string): Person | undefined =>
  participants.find((participant) => participant.memberId === memberId);

/** What the session alone refuses, before the sheet is read. */
export function whyNotSubmit(session: PublicSession, memberId: string): Refusal | null {
  if (session.status !== 'scoring') return needsStatus(session, 'scoring');
  const place = placeOf(session, memberId);
  if (!place) return { code: 'not-a-participant' };
  if (place.state === 'excused') return { code: 'excused' };
  return place.state === 'submitted' ? { code: 'already-submitted' } : null;
}

export function submit(
  session: Session,
  { memberId, seen }: Command<'submit'>,
  { sheet, sealed, signedInAt }: FactsOf<'submit'>,
  now: string,
): Decision {
  const no = whyNotSubmit(session, memberId);
  if (no) return refuse(no);
  if (seen !== null && canonicalJson(seen) !== canonicalJson(sheet))
    return refuse({ code: 'sheet-not-saved' });
  const problems = missing(session.scorecard, sheet, session.settings.transcriptLines);
  if (problems.length > 0) return refuse({ code: 'incomplete-sheet', problems });
  const place = placeOf(session, memberId);
  if (!place) return refuse({ code: 'not-a-participant' });
  return accept({
    type: 'submitted',
    participantId: place.id,
    submittedAt: now,
    answered: progressOf(session.scorecard, sheet).answered,
    commitment: toHex(sealed.commitment),
    sealed,
    signedInAt,
  });
}

export function takeBack(session: Session, { memberId }: Command<'take-back'>): Decision {
  if (session.status !== 'scoring') return wrongStatus(session, 'scoring');
  const place = placeOf(session, memberId);
  if (!place) return refuse({ code: 'not-a-participant' });
  if (place.state !== 'submitted') return refuse({ code: 'not-submitted' });
  return accept({ type: 'taken-back', participantId: place.id });
}

/** Everything but the reason (C7). */
export function whyNotExcuse(session: PublicSession, participantId: string): Refusal | null {
  if (session.status !== 'scoring') return needsStatus(session, 'scoring');
  const participant = session.participants.find(({ id }) => id === participantId);
  if (!participant) return { code: 'not-a-participant' };
  if (participant.state === 'submitted') return { code: 'participant-submitted', participantId };
  if (participant.state === 'excused') return { code: 'excused' };
  const have = session.participants.filter(
    ({ id, state }) => id !== participantId && state !== 'excused',
  ).length;
  return have < fewestParticipants ? { code: 'too-few-participants', have, need: fewestParticipants } : null;
}

export function excuse(session: Session, command: Command<'excuse'>, _facts: null, now: string): Decision {
  const { participantId } = command;
  const reason = command.reason.trim();
  const no = whyNotExcuse(session, participantId);
  if (no) return refuse(no);
  if (reason === '') return refuse({ code: 'reason-required' });
  return accept({ type: 'excused', participantId, reason, excusedAt: now });
}

export function readmit(session: Session, { participantId }: Command<'readmit'>): Decision {
  if (session.status !== 'scoring') return wrongStatus(session, 'scoring');
  const participant = session.participants.find(({ id }) => id === participantId);
  if (!participant) return refuse({ code: 'not-a-participant' });
  if (participant.state !== 'excused') return refuse({ code: 'not-excused' });
  return accept({ type: 'readmitted', participantId });
}

export function startAfresh(
  session: Session,
  { memberId }: Command<'start-afresh'>,
  { newParticipantId }: FactsOf<'start-afresh'>,
): Decision {
  const place = placeOf(session, memberId);
  // Taken back and never destroyed: its author changes what they like.
  return place?.state === 'submitted'
    ? takeBack(session, { type: 'take-back', memberId })
    : restart(session, place, { newParticipantId, cause: 'not-me', resetBy: '' });
}

export const restartPlace = (
  session: Session,
  { memberId }: Command<'restart-place'>,
  facts: FactsOf<'restart-place'>,
): Decision => restart(session, placeOf(session, memberId), { ...facts, cause: 'reset' });

/** A new participant takes the old one's place, so that nothing kept of the old sheet anywhere can find its way into the new one. */
function restart(
  session: Session,
  place: Pick<Participant, 'id' | 'memberId' | 'state'> | undefined,
  how: { readonly newParticipantId: string; readonly cause: RestartCause; readonly resetBy: string },
): Decision {
  if (session.status !== 'scoring') return wrongStatus(session, 'scoring');
  if (!place) return refuse({ code: 'not-a-participant' });
  if (place.state === 'excused') return refuse({ code: 'excused' });
  const { id: participantId, memberId } = place;
  return accept({ type: 'place-restarted', participantId, memberId, ...how });
}
