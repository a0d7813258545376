// The lifecycle of a calibration as one pure function (C3): draft → scoring → review → resolved → closed, forward only.
// `decide` says what a command does to a session, or why not. It does no I/O; time comes in. The client calls it too, to
// say why a button is off; the server's answer counts.
import { type Answer, checkAnswer, missing, type Sheet } from './answer.ts';
import { type Access, covers, type Scope } from './permission.ts';
import type { Refusal } from './refusal.ts';
import { questionsOf, type Scorecard } from './scorecard.ts';

export const sessionStatuses = ['draft', 'scoring', 'review', 'resolved', 'closed'] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

/** Fewest scoring participants a session needs, at the start and at the reveal (C4, C7). */
export const fewestParticipants = 2;

/** A spoken line: seconds from the start of the interaction, where known. */
export interface TranscriptLine {
  readonly speaker: string | null;
  readonly second: number | null;
  readonly text: string;
}

/** What the facilitator sets in draft (C2); frozen from scoring on. Dates are ISO 8601, times UTC. */
export interface Settings {
  readonly name: string;
  readonly scorecardVersionId: string;
  readonly thresholdHundredths: number;
  readonly scope: Scope;
  readonly interactionReference: string | null;
  readonly interactionDate: string | null;
  readonly recordingUrl: string | null;
  readonly transcript: readonly TranscriptLine[];
  readonly meetingAt: string | null;
  readonly dueAt: string | null;
  /** `null`: every question of the scorecard. */
  readonly questionIds: readonly string[] | null;
  readonly agentName: string | null;
  readonly agentNameHidden: boolean;
}

export type ParticipantState =
  | { readonly state: 'scoring' }
  | { readonly state: 'submitted'; readonly submittedAt: string }
  | { readonly state: 'excused'; readonly reason: string; readonly excusedAt: string };

export type Participant = ParticipantState & {
  readonly id: string;
  readonly memberId: string;
  /** Added after scoring had started (C5). */
  readonly late: boolean;
};

/** What the group agreed a question should have been answered with (C10). */
export type AgreedAnswer = Answer | { readonly kind: 'scorecard-needs-changing' };

export const causes = ['wording', 'missed-evidence', 'policy-gap', 'na', 'severity', 'other'] as const;
/** Why the question diverged. */
export type Cause = (typeof causes)[number];

/** A question's outcome so far. `noted`: its resolution note is not blank. */
export interface Resolution {
  readonly questionId: string;
  readonly agreed: AgreedAnswer | null;
  readonly cause: Cause | null;
  readonly noted: boolean;
}

interface Common {
  readonly id: string;
  readonly facilitatorId: string;
  readonly settings: Settings;
  /** The session's version, narrowed to its questions. */
  readonly scorecard: Scorecard;
  readonly participants: readonly Participant[];
}

interface Revealed extends Common {
  readonly flaggedQuestionIds: readonly string[];
  readonly resolutions: readonly Resolution[];
}

export type Session =
  | (Common & { readonly status: 'draft' })
  | (Common & { readonly status: 'scoring' })
  | (Revealed & { readonly status: 'review' })
  | (Revealed & { readonly status: 'resolved' })
  | (Revealed & { readonly status: 'closed' });

export type Command =
  | { readonly type: 'edit-settings'; readonly settings: Settings; readonly scorecard: Scorecard }
  | {
      readonly type: 'add-participant';
      readonly participantId: string;
      readonly memberId: string;
      readonly access: Access;
    }
  | { readonly type: 'remove-participant'; readonly participantId: string }
  | { readonly type: 'delete' }
  /** One step forward, from the status the person saw: whoever comes second is told what happened. */
  | {
      readonly type: 'advance';
      readonly from: Exclude<SessionStatus, 'closed'>;
      /** From review: all questions whose note is not blank, where the caller knows better than the session's own `noted`. */
      readonly notedQuestionIds?: readonly string[];
    }
  | { readonly type: 'submit'; readonly participantId: string; readonly sheet: Sheet }
  | { readonly type: 'take-back'; readonly participantId: string }
  | { readonly type: 'excuse'; readonly participantId: string; readonly reason: string }
  | { readonly type: 'readmit'; readonly participantId: string }
  | {
      readonly type: 'agree';
      readonly questionId: string;
      readonly agreed: AgreedAnswer | null;
      readonly cause: Cause | null;
    }
  | { readonly type: 'take-over'; readonly memberId: string };

/** What happened, as the audit log and everyone's screens are told. Never an answer. */
export type SessionEvent =
  | { readonly type: 'settings-edited' }
  | {
      readonly type: 'participant-added';
      readonly participantId: string;
      readonly memberId: string;
      readonly late: boolean;
    }
  | { readonly type: 'participant-removed'; readonly participantId: string; readonly memberId: string }
  | { readonly type: 'deleted' }
  | { readonly type: 'scoring-started' }
  | { readonly type: 'submitted'; readonly participantId: string }
  | { readonly type: 'taken-back'; readonly participantId: string }
  | { readonly type: 'excused'; readonly participantId: string; readonly reason: string }
  | { readonly type: 'readmitted'; readonly participantId: string }
  | { readonly type: 'revealed' }
  | {
      readonly type: 'agreed';
      readonly questionId: string;
      readonly agreed: AgreedAnswer | null;
      readonly cause: Cause | null;
    }
  | { readonly type: 'resolved' }
  | { readonly type: 'closed' }
  | { readonly type: 'taken-over'; readonly from: string; readonly to: string };

export type Decision =
  | { readonly ok: true; readonly session: Session; readonly events: readonly SessionEvent[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** The status one step ahead, `null` when closed. */
export function nextStatus(status: SessionStatus): SessionStatus | null {
  return sessionStatuses[sessionStatuses.indexOf(status) + 1] ?? null;
}

const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });
const accept = (session: Session, ...events: SessionEvent[]): Decision => ({ ok: true, session, events });
const wrongStatus = (session: Session, ...needs: SessionStatus[]): Decision =>
  refuse({ code: 'wrong-status', status: session.status, needs });

/**
 * What the command does to the session. Whether the person may give it is `maySession`'s business, asked before.
 *
 * @param now ISO 8601 instant, UTC
 * @returns the next session with its events, or the refusal; the session given is never changed
 */
export function decide(session: Session, command: Command, now: string): Decision {
  switch (command.type) {
    case 'edit-settings':
      return editSettings(session, command);
    case 'add-participant':
      return addParticipant(session, command);
    case 'remove-participant':
      return removeParticipant(session, command.participantId);
    case 'delete':
      return session.status === 'draft'
        ? accept(session, { type: 'deleted' })
        : wrongStatus(session, 'draft');
    case 'advance':
      return advance(session, command);
    case 'submit':
      return submit(session, command, now);
    case 'take-back':
      return takeBack(session, command.participantId);
    case 'excuse':
      return excuse(session, command, now);
    case 'readmit':
      return readmit(session, command.participantId);
    case 'agree':
      return agree(session, command);
    case 'take-over':
      return takeOver(session, command.memberId);
  }
}

function editSettings(session: Session, command: Extract<Command, { type: 'edit-settings' }>): Decision {
  if (session.status !== 'draft') return wrongStatus(session, 'draft');
  return accept(
    { ...session, settings: command.settings, scorecard: command.scorecard },
    { type: 'settings-edited' },
  );
}

function addParticipant(session: Session, command: Extract<Command, { type: 'add-participant' }>): Decision {
  if (session.status !== 'draft' && session.status !== 'scoring')
    return wrongStatus(session, 'draft', 'scoring');
  if (session.participants.some((participant) => participant.memberId === command.memberId)) {
    return refuse({ code: 'already-a-participant', memberId: command.memberId });
  }
  if (!covers(command.access, session.settings.scope)) {
    return refuse({ code: 'does-not-cover-scope', memberId: command.memberId });
  }
  const late = session.status === 'scoring';
  const added: Participant = {
    id: command.participantId,
    memberId: command.memberId,
    late,
    state: 'scoring',
  };
  return accept(
    { ...session, participants: [...session.participants, added] },
    { type: 'participant-added', participantId: added.id, memberId: added.memberId, late },
  );
}

function removeParticipant(session: Session, participantId: string): Decision {
  if (session.status !== 'draft') return wrongStatus(session, 'draft');
  const participant = session.participants.find(({ id }) => id === participantId);
  if (!participant) return refuse({ code: 'not-a-participant' });
  return accept(
    { ...session, participants: session.participants.filter(({ id }) => id !== participantId) },
    { type: 'participant-removed', participantId, memberId: participant.memberId },
  );
}

function advance(session: Session, command: Extract<Command, { type: 'advance' }>): Decision {
  const { from, notedQuestionIds } = command;
  if (session.status !== from) return refuse({ code: 'stale', status: session.status, expected: from });
  switch (session.status) {
    case 'draft': {
      const have = session.participants.length;
      if (have < fewestParticipants)
        return refuse({ code: 'too-few-participants', have, need: fewestParticipants });
      return accept({ ...session, status: 'scoring' }, { type: 'scoring-started' });
    }
    case 'scoring': {
      const waitingFor = session.participants.filter(({ state }) => state === 'scoring').map(({ id }) => id);
      if (waitingFor.length > 0) return refuse({ code: 'not-all-submitted', waitingFor });
      const have = session.participants.filter(({ state }) => state === 'submitted').length;
      if (have < fewestParticipants)
        return refuse({ code: 'too-few-submissions', have, need: fewestParticipants });
      // The flags are the board's, computed from the unsealed answers by whoever carries the reveal out.
      return accept(
        { ...session, status: 'review', flaggedQuestionIds: [], resolutions: [] },
        { type: 'revealed' },
      );
    }
    case 'review': {
      const questionIds = unresolvedQuestions(
        notedQuestionIds ? withNoted(session, notedQuestionIds) : session,
      );
      if (questionIds.length > 0) return refuse({ code: 'unresolved-questions', questionIds });
      return accept({ ...session, status: 'resolved' }, { type: 'resolved' });
    }
    case 'resolved':
      return accept({ ...session, status: 'closed' }, { type: 'closed' });
  }
}

/** What decides over resolving, with the caller's word on which notes are not blank. */
function withNoted(
  { flaggedQuestionIds, resolutions }: Pick<Revealed, 'flaggedQuestionIds' | 'resolutions'>,
  notedQuestionIds: readonly string[],
): Pick<Revealed, 'flaggedQuestionIds' | 'resolutions'> {
  const noted = new Set(notedQuestionIds);
  return {
    flaggedQuestionIds: flaggedQuestionIds.filter((questionId) => !noted.has(questionId)),
    resolutions: resolutions.map((resolution) => ({
      ...resolution,
      noted: noted.has(resolution.questionId),
    })),
  };
}

/** Flagged questions that have neither a note that is not blank nor an agreed answer (C11), in the flags' order. */
export function unresolvedQuestions(session: Pick<Revealed, 'flaggedQuestionIds' | 'resolutions'>): string[] {
  const settled = new Set(
    session.resolutions
      .filter(({ agreed, noted }) => agreed !== null || noted)
      .map(({ questionId }) => questionId),
  );
  return session.flaggedQuestionIds.filter((questionId) => !settled.has(questionId));
}

function withParticipant(session: Session, changed: Participant): Session {
  return {
    ...session,
    participants: session.participants.map((participant) =>
      participant.id === changed.id ? changed : participant,
    ),
  };
}

const unplaced = ({ id, memberId, late }: Participant) => ({ id, memberId, late });

function submit(session: Session, command: Extract<Command, { type: 'submit' }>, now: string): Decision {
  if (session.status !== 'scoring') return wrongStatus(session, 'scoring');
  const participant = session.participants.find(({ id }) => id === command.participantId);
  if (!participant) return refuse({ code: 'not-a-participant' });
  if (participant.state === 'excused') return refuse({ code: 'excused' });
  if (participant.state === 'submitted') return refuse({ code: 'already-submitted' });
  const problems = missing(session.scorecard, command.sheet, session.settings.transcript.length);
  if (problems.length > 0) return refuse({ code: 'incomplete-sheet', problems });
  return accept(
    withParticipant(session, { ...unplaced(participant), state: 'submitted', submittedAt: now }),
    { type: 'submitted', participantId: participant.id },
  );
}

function takeBack(session: Session, participantId: string): Decision {
  if (session.status !== 'scoring') return wrongStatus(session, 'scoring');
  const participant = session.participants.find(({ id }) => id === participantId);
  if (!participant) return refuse({ code: 'not-a-participant' });
  if (participant.state !== 'submitted') return refuse({ code: 'not-submitted' });
  return accept(withParticipant(session, { ...unplaced(participant), state: 'scoring' }), {
    type: 'taken-back',
    participantId,
  });
}

function excuse(session: Session, command: Extract<Command, { type: 'excuse' }>, now: string): Decision {
  if (session.status !== 'scoring') return wrongStatus(session, 'scoring');
  const { participantId } = command;
  const reason = command.reason.trim();
  const participant = session.participants.find(({ id }) => id === participantId);
  if (!participant) return refuse({ code: 'not-a-participant' });
  if (participant.state === 'submitted') return refuse({ code: 'participant-submitted', participantId });
  if (participant.state === 'excused') return refuse({ code: 'excused' });
  if (reason === '') return refuse({ code: 'reason-required' });
  const have = session.participants.filter(
    ({ id, state }) => id !== participantId && state !== 'excused',
  ).length;
  if (have < fewestParticipants)
    return refuse({ code: 'too-few-participants', have, need: fewestParticipants });
  return accept(
    withParticipant(session, { ...unplaced(participant), state: 'excused', reason, excusedAt: now }),
    { type: 'excused', participantId, reason },
  );
}

function readmit(session: Session, participantId: string): Decision {
  if (session.status !== 'scoring') return wrongStatus(session, 'scoring');
  const participant = session.participants.find(({ id }) => id === participantId);
  if (!participant) return refuse({ code: 'not-a-participant' });
  if (participant.state !== 'excused') return refuse({ code: 'not-excused' });
  return accept(withParticipant(session, { ...unplaced(participant), state: 'scoring' }), {
    type: 'readmitted',
    participantId,
  });
}

function agree(session: Session, command: Extract<Command, { type: 'agree' }>): Decision {
  if (session.status !== 'review') return wrongStatus(session, 'review');
  const { questionId, agreed, cause } = command;
  const question = questionsOf(session.scorecard).find(({ id }) => id === questionId);
  if (!question) return refuse({ code: 'unknown-question', questionId });
  // The group may find that N/A was right even where the scorecard does not offer it.
  const legal =
    agreed === null ||
    agreed.kind === 'na' ||
    agreed.kind === 'scorecard-needs-changing' ||
    checkAnswer(question, agreed) === null;
  if (!legal) return refuse({ code: 'illegal-agreed-answer', questionId });
  const others = session.resolutions.filter((resolution) => resolution.questionId !== questionId);
  const noted = session.resolutions.some(
    (resolution) => resolution.questionId === questionId && resolution.noted,
  );
  return accept(
    { ...session, resolutions: [...others, { questionId, agreed, cause, noted }] },
    { type: 'agreed', questionId, agreed, cause },
  );
}

function takeOver(session: Session, memberId: string): Decision {
  if (session.status === 'closed') return wrongStatus(session, 'draft', 'scoring', 'review', 'resolved');
  if (session.facilitatorId === memberId) return refuse({ code: 'already-facilitator' });
  return accept(
    { ...session, facilitatorId: memberId },
    { type: 'taken-over', from: session.facilitatorId, to: memberId },
  );
}
