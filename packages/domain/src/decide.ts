// The lifecycle of a calibration as one pure function (C3): draft → scoring → review → resolved → closed, forward only.
// `decide` says what a command does to a session, or why not. It does no I/O; time comes in. The client calls it too, to
// say why a button is off; the server's answer counts.
import { mayTakePartIn } from './access.ts';
import { checkAnswer, missing } from './answer.ts';
import { decideDiscussion, firstDiscussion } from './discussion.ts';
import { decideJoining } from './joining.ts';
import { decidePeople, without } from './people.ts';
import { mayNotTakePart } from './refusal.ts';
import { decideRevote, openRevote } from './revote.ts';
import { questionsOf } from './scorecard.ts';
import {
  accept,
  type Command,
  type Decision,
  fewestParticipants,
  isRevealed,
  type Participant,
  type Revealed,
  refuse,
  type Session,
  wrongStatus,
} from './session.ts';

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
    case 'restart-place':
      return restartPlace(session, command);
    case 'agree':
      return agree(session, command);
    case 'take-over':
      return takeOver(session, command.memberId);
    case 'focus':
    case 'timer':
    case 'sweep':
    case 'undo':
    case 'set-speak-first':
      return decideDiscussion(session, command, now);
    case 'open-revote':
    case 'vote':
    case 'reveal-revote':
    case 'cancel-revote':
      return decideRevote(session, command, now);
    case 'join':
    case 'knock':
    case 'admit':
    case 'turn-away':
    case 'empty-lobby':
    case 'set-names':
    case 'hand-over':
      return decideJoining(session, command, now);
    case 'put-out':
    case 'let-back-in':
    case 'rename-guest':
      return decidePeople(session, command);
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
  if (isRevealed(session.status)) return wrongStatus(session, 'draft', 'scoring');
  if (session.participants.some((participant) => participant.memberId === command.memberId)) {
    return refuse({ code: 'already-a-participant', memberId: command.memberId });
  }
  if (!mayTakePartIn(command.access, session.settings.scope)) {
    return refuse(mayNotTakePart(command.memberId, { why: 'elsewhere', access: command.access }));
  }
  const late = session.status === 'scoring';
  const added: Participant = {
    id: command.participantId,
    memberId: command.memberId,
    late,
    state: 'scoring',
  };
  return accept(
    {
      ...session,
      participants: [...session.participants, added],
      // Whoever was put out is in again when the facilitator adds them, and by nothing else.
      putOut: without(session.putOut, added.memberId),
    },
    { type: 'participant-added', participantId: added.id, memberId: added.memberId, late },
  );
}

function removeParticipant(session: Session, participantId: string): Decision {
  if (session.status !== 'draft') return wrongStatus(session, 'draft');
  const participant = session.participants.find(({ id }) => id === participantId);
  if (!participant) return refuse({ code: 'not-a-participant' });
  const { memberId } = participant;
  // The facilitator who does not score after all is not put out by it.
  const putOut = memberId === session.facilitatorId ? session.putOut : [...session.putOut, memberId];
  return accept(
    { ...session, participants: session.participants.filter(({ id }) => id !== participantId), putOut },
    { type: 'participant-removed', participantId, memberId },
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
        {
          ...session,
          status: 'review',
          flaggedQuestionIds: [],
          resolutions: [],
          discussion: firstDiscussion,
          revotes: [],
        },
        { type: 'revealed', commitments: command.commitments ?? [] },
      );
    }
    case 'review': {
      const revote = openRevote(session.revotes);
      if (revote) return refuse({ code: 'revote-open', questionId: revote.questionId });
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
    { type: 'submitted', participantId: participant.id, commitment: command.commitment },
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

/** A new participant takes the old one's place, so that nothing kept of the old sheet anywhere can find its way into the new one. */
function restartPlace(session: Session, command: Extract<Command, { type: 'restart-place' }>): Decision {
  if (session.status !== 'scoring') return wrongStatus(session, 'scoring');
  const { participantId, newParticipantId, cause, resetBy } = command;
  const participant = session.participants.find(({ id }) => id === participantId);
  if (!participant) return refuse({ code: 'not-a-participant' });
  if (participant.state === 'excused') return refuse({ code: 'excused' });
  const { memberId, late } = participant;
  return accept(
    {
      ...session,
      participants: session.participants.map((one) =>
        one.id === participantId ? { id: newParticipantId, memberId, late, state: 'scoring' } : one,
      ),
    },
    { type: 'place-restarted', participantId, newParticipantId, memberId, cause, resetBy },
  );
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
