// A calibration's way (C3): prepared, scored, revealed, resolved, closed, forward only; and who runs it.
import { whatIsLeft } from '../board-reading.ts';
import { whyNotFacilitate } from '../member.ts';
import type { Command } from './command.ts';
import { accept, type Decision, needsStatus, refuse, wrongStatus } from './decision.ts';
import type { FactsOf } from './facts.ts';
import type { Refusal } from './refusal.ts';
import { withNotes } from './resolutions.ts';
import { fewestParticipants, goneQuestions, openRevote, type PublicSession, type Session } from './state.ts';
import { nextStep, type SessionStatus } from './status.ts';

export const whyNotEdit = (session: PublicSession): Refusal | null =>
  session.status === 'draft' ? null : needsStatus(session, 'draft');

export function editSettings(
  session: Session,
  { settings }: Command<'edit-settings'>,
  { scorecard, hindered }: FactsOf<'edit-settings'>,
): Decision {
  const no = whyNotEdit(session);
  if (no) return refuse(no);
  if (hindered.length > 0) return refuse({ code: 'may-not-take-part', people: hindered });
  return accept({ type: 'settings-edited', settings, scorecard });
}

/** Whatever is no draft any more keeps its version, and so does one that is on the newest already. */
export function moveVersion(
  session: Session,
  _command: Command<'move-version'>,
  { from, newest }: FactsOf<'move-version'>,
): Decision {
  if (session.status !== 'draft' || newest.id === session.settings.scorecardVersionId) return accept();
  const { id: scorecardVersionId, version: to, scorecard } = newest;
  return accept({ type: 'version-moved', scorecardVersionId, scorecard, from, to });
}

export const remove = (session: Session): Decision =>
  session.status === 'draft' ? accept({ type: 'deleted' }) : wrongStatus(session, 'draft');

/** Whoever presses a step second is told what happened. */
const whyStale = ({ status }: PublicSession, expected: SessionStatus): Refusal | null =>
  status === expected ? null : { code: 'stale', status, expected };

/** @param gone the chosen questions that its version does not have (`goneQuestions`) */
export function whyNotStart(session: PublicSession, gone: readonly string[]): Refusal | null {
  const have = session.participants.length;
  return (
    whyStale(session, 'draft') ??
    (gone.length > 0 ? { code: 'questions-gone', questionIds: gone } : null) ??
    (have < fewestParticipants ? { code: 'too-few-participants', have, need: fewestParticipants } : null)
  );
}

export function startScoring(
  session: Session,
  _command: Command<'start-scoring'>,
  { version, newest }: FactsOf<'start-scoring'>,
): Decision {
  const no = whyNotStart(session, goneQuestions(session));
  if (no) return refuse(no);
  return version === newest
    ? accept({ type: 'scoring-started' })
    : refuse({ code: 'version-behind', version, newest });
}

/** Asked before anything is opened for the reveal, and again by it (C7). */
export function whyNotReveal(session: PublicSession): Refusal | null {
  const stale = whyStale(session, 'scoring');
  if (stale) return stale;
  const waitingFor = session.participants.filter(({ state }) => state === 'scoring').map(({ id }) => id);
  if (waitingFor.length > 0) return { code: 'not-all-submitted', waitingFor };
  const have = session.participants.filter(({ state }) => state === 'submitted').length;
  return have < fewestParticipants ? { code: 'too-few-submissions', have, need: fewestParticipants } : null;
}

export function reveal(session: Session, _command: Command<'reveal'>, opened: FactsOf<'reveal'>): Decision {
  const no = whyNotReveal(session);
  return no ? refuse(no) : accept({ type: 'revealed', ...opened });
}

/** Everything but the notes, which only their document knows (C11). */
export function whyNotResolve(session: PublicSession): Refusal | null {
  const stale = whyStale(session, 'review');
  if (stale) return stale;
  const revote = openRevote(session.revotes ?? []);
  return revote ? { code: 'revote-open', questionId: revote.questionId } : null;
}

export function resolve(
  session: Session,
  _command: Command<'resolve'>,
  { notes }: FactsOf<'resolve'>,
): Decision {
  const no = whyNotResolve(session);
  if (no) return refuse(no);
  if (session.status !== 'review') return wrongStatus(session, 'review');
  const { flaggedQuestionIds, resolutions } = session;
  const { mustResolve: questionIds } = whatIsLeft({ flaggedQuestionIds }, withNotes(resolutions, notes));
  return questionIds.length > 0
    ? refuse({ code: 'unresolved-questions', questionIds })
    : accept({ type: 'resolved', notes });
}

export function close(session: Session): Decision {
  const stale = whyStale(session, 'resolved');
  return stale ? refuse(stale) : accept({ type: 'closed' });
}

const notClosed = ['draft', 'scoring', 'review', 'resolved'] as const;

export function takeOver(session: Session, { memberId }: Command<'take-over'>): Decision {
  if (session.status === 'closed') return wrongStatus(session, ...notClosed);
  if (session.facilitatorId === memberId) return refuse({ code: 'already-facilitator' });
  return accept({ type: 'taken-over', from: session.facilitatorId, to: memberId });
}

export function handOver(
  session: Session,
  { memberId }: Command<'hand-over'>,
  { member }: FactsOf<'hand-over'>,
): Decision {
  if (session.status === 'closed') return wrongStatus(session, ...notClosed);
  if (session.facilitatorId === memberId) return refuse({ code: 'already-facilitator' });
  const hindrance = member ? whyNotFacilitate(member, session.settings.scope) : { why: 'unknown' as const };
  if (hindrance) return refuse({ code: 'may-not-facilitate', people: [{ memberId, ...hindrance }] });
  return accept({ type: 'handed-over', from: session.facilitatorId, to: memberId });
}

export function setNames(session: Session, { names }: Command<'set-names'>): Decision {
  if (session.status === 'closed') return wrongStatus(session, ...notClosed);
  return names === session.names ? accept() : accept({ type: 'names-set', names });
}

/** The command that leads on from a status. */
export const stepFrom = (status: Exclude<SessionStatus, 'closed'>) => ({ type: nextStep[status] });
