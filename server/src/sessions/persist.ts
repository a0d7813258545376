// From event to SQL: each event writes the rows it names, and says which columns of the session's own row it changes. All of one
// command's columns are written at once, by `execute`.
import type { Participant, SessionEvent } from '@attune/domain';
import type { Tx } from '../db/client.ts';
import { deleteSealedDocuments } from '../documents/store.ts';
import { deleteGuests, endGuests, insertGuest, renameGuestRow } from '../people/guest.store.ts';
import { insertBoard, saveTranscript } from './detail.store.ts';
import {
  admitLobbyEntry,
  deleteObserver,
  insertLobbyEntry,
  insertObserver,
  savePutOut,
} from './joining.store.ts';
import { beginPlace, forgetReplies, restartParticipant } from './place.store.ts';
import { saveAnswered } from './progress.store.ts';
import {
  deleteRevote,
  deleteVote,
  insertRevote,
  publishVote,
  revealRevoteRow,
  saveVote,
} from './revote.store.ts';
import {
  deleteParticipant,
  deleteSession,
  insertDocument,
  insertParticipant,
  type SessionColumns,
  saveNote,
  saveParticipant,
  saveResolution,
  settingsToColumns,
} from './store.ts';
import { isSealed, type StoredSession } from './stored-session.ts';
import { deleteSubmission, discardSheet, insertSubmission, publishSubmissions } from './submission.store.ts';

/** Columns of the session's row to be changed. */
export type Columns = Partial<SessionColumns>;

interface Written {
  readonly columns: Columns;
  /** Sign-ins that ended with it, whose sockets are closed after the commit. */
  readonly endedSignIns: readonly string[];
}

interface Writing {
  readonly tx: Tx;
  readonly newId: () => string;
  /** Who caused it, by member id. */
  readonly by: string;
  readonly now: string;
}

interface Step {
  readonly before: StoredSession;
  readonly event: SessionEvent;
  readonly after: StoredSession;
}

const columns = (changed: Columns): Written => ({ columns: changed, endedSignIns: [] });
const rowsAlone: Written = columns({});
const ending = (endedSignIns: readonly string[]): Written => ({ columns: {}, endedSignIns });

/** Writes one event, in the command's transaction. */
export async function persist(
  { tx, newId, by, now }: Writing,
  { before, event, after }: Step,
): Promise<Written> {
  const { organisationId, session } = after;
  const sessionId = session.id;
  const savePerson = (participantId: string) =>
    saveParticipant(tx, organisationId, personOf(after, participantId));
  const savePutOutList = () =>
    savePutOut(tx, organisationId, sessionId, before.session.putOut, session.putOut, now);
  const status = { status: session.status, statusAt: now };
  const discussion = 'discussion' in session ? { discussion: session.discussion } : {};

  switch (event.type) {
    case 'settings-edited':
      await saveTranscript(tx, organisationId, sessionId, event.settings.transcript);
      return columns({ ...settingsToColumns(session.settings), detailRevision: after.detailRevision });
    case 'version-moved':
      return columns({
        scorecardVersionId: event.scorecardVersionId,
        detailRevision: after.detailRevision,
      });
    case 'deleted':
      await deleteSession(tx, organisationId, sessionId);
      return rowsAlone;
    case 'scoring-started':
      return columns({ ...status, scoringAt: now });
    case 'revealed':
      await publishSubmissions(tx, organisationId, sessionId, session.scorecard, event.submissions);
      await deleteSealedDocuments(tx, organisationId, sessionId);
      await insertBoard(tx, organisationId, sessionId, event.board);
      return columns({
        ...status,
        ...discussion,
        reviewAt: now,
        flaggedQuestionIds: 'flaggedQuestionIds' in session ? session.flaggedQuestionIds : [],
      });
    case 'resolved':
      for (const { questionId, ...note } of event.notes)
        await saveNote(tx, organisationId, sessionId, questionId, note, now);
      return columns({ ...status, resolvedAt: now });
    case 'closed':
      return columns({ ...status, closedAt: now });

    case 'participant-added': {
      const { participantId: id, memberId, late } = event;
      await insertParticipant(tx, organisationId, sessionId, { id, memberId, late });
      await insertDocument(tx, organisationId, { id: newId(), sessionId, participantId: id });
      await savePutOutList();
      return rowsAlone;
    }
    case 'participant-removed':
      await forgetReplies(tx, organisationId, event.memberId);
      await deleteParticipant(tx, organisationId, event.participantId);
      await savePutOutList();
      return ending(await endGuests(tx, organisationId, [event.memberId]));
    case 'put-out': {
      const { memberId, participantId, revoteId } = event;
      await forgetReplies(tx, organisationId, memberId);
      if (participantId === null) await deleteObserver(tx, organisationId, sessionId, memberId);
      else if (isSealed(before)) {
        await discardSheet(tx, organisationId, participantId);
        await deleteParticipant(tx, organisationId, participantId);
      } else if (revoteId !== null) await deleteVote(tx, organisationId, revoteId, participantId);
      await savePutOutList();
      return ending(await endGuests(tx, organisationId, [memberId]));
    }
    case 'let-back-in':
      await savePutOutList();
      return rowsAlone;
    case 'guest-renamed':
      await renameGuestRow(tx, organisationId, event.memberId, event.to);
      return rowsAlone;

    case 'submitted': {
      const { participantId, submittedAt, answered, sealed, signedInAt } = event;
      await beginPlace(tx, organisationId, participantId, { now, signedInAt });
      await insertSubmission(tx, organisationId, { ...sealed, sessionId, participantId, submittedAt });
      await saveAnswered(tx, organisationId, sessionId, [{ participantId, answered }]);
      await savePerson(participantId);
      return rowsAlone;
    }
    case 'taken-back':
      await deleteSubmission(tx, organisationId, event.participantId);
      await savePerson(event.participantId);
      return rowsAlone;
    case 'excused':
      await forgetReplies(tx, organisationId, personOf(after, event.participantId).memberId);
      await savePerson(event.participantId);
      return rowsAlone;
    case 'readmitted':
      await savePerson(event.participantId);
      return rowsAlone;
    case 'place-restarted': {
      const { participantId, newParticipantId } = event;
      await discardSheet(tx, organisationId, participantId);
      await restartParticipant(tx, organisationId, participantId, newParticipantId);
      await insertDocument(tx, organisationId, {
        id: newId(),
        sessionId,
        participantId: newParticipantId,
      });
      return rowsAlone;
    }

    case 'agreed':
      await saveResolution(tx, organisationId, sessionId, event, now);
      return rowsAlone;
    case 'swept':
      for (const { questionId } of event.answers)
        await saveResolution(tx, organisationId, sessionId, resolutionOf(after, questionId), now);
      return columns(discussion);
    case 'sweep-undone':
      for (const questionId of event.questionIds)
        await saveResolution(tx, organisationId, sessionId, resolutionOf(after, questionId), now);
      return columns(discussion);
    case 'focused':
    case 'timer-changed':
    case 'speak-first-set':
      return columns(discussion);

    case 'revote-opened': {
      const { revoteId: id, questionId, round, openedAt } = event;
      await insertRevote(tx, organisationId, sessionId, { id, questionId, round, openedAt });
      return columns(discussion);
    }
    case 'voted': {
      const { participantId, revoteId, sealed, signedInAt, votedAt } = event;
      await beginPlace(tx, organisationId, participantId, { now, signedInAt });
      await saveVote(tx, organisationId, sessionId, { ...sealed, revoteId, participantId, votedAt });
      return rowsAlone;
    }
    case 'revote-revealed': {
      const { revoteId, votes, numbers, revealedAt } = event;
      await revealRevoteRow(tx, organisationId, { id: revoteId, numbers }, revealedAt);
      for (const { participantId, salt, answer } of votes)
        await publishVote(tx, organisationId, revoteId, { participantId, salt, answer });
      return rowsAlone;
    }
    case 'revote-cancelled':
      await deleteRevote(tx, organisationId, event.revoteId);
      return rowsAlone;

    case 'knocked': {
      const { entryId: id, memberId, userId, name, askedAt, from } = event;
      await insertGuest(tx, organisationId, { id: memberId, userId, name });
      await insertLobbyEntry(tx, organisationId, sessionId, { id, memberId, askedAt, from });
      return rowsAlone;
    }
    case 'admitted':
      await admitLobbyEntry(tx, organisationId, event.entryId, by);
      return rowsAlone;
    case 'turned-away':
      return ending(await deleteGuests(tx, organisationId, [event.memberId]));
    case 'lobby-emptied':
      return ending(await deleteGuests(tx, organisationId, event.memberIds));
    case 'observer-added':
      await insertObserver(tx, organisationId, { sessionId, memberId: event.memberId, addedAt: now });
      return rowsAlone;

    case 'taken-over':
    case 'handed-over':
      return columns({ facilitatorId: event.to });
    case 'names-set':
      return columns({ names: event.names });
  }
}

function personOf({ session }: StoredSession, participantId: string): Participant {
  const found = session.participants.find(({ id }) => id === participantId);
  if (!found) throw new Error('an event names a participant the session does not have');
  return found;
}

function resolutionOf({ session }: StoredSession, questionId: string) {
  const found =
    'resolutions' in session
      ? session.resolutions.find((resolution) => resolution.questionId === questionId)
      : undefined;
  if (!found) throw new Error('an event names a question without a resolution');
  return found;
}
