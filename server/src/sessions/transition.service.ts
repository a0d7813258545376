// The lifecycle's steps, one transaction each (C3): who presses second is told what happened.

import { type NoteContent, readNote } from '@attune/contract/notes-schema';
import {
  type Actor,
  isRevealedSession,
  questionsOf,
  type Resolution,
  type SessionStatus,
} from '@attune/domain';
import type { Tx } from '../db/client.ts';
import { loadDocument } from '../documents/store.ts';
import { type CommandDeps, type Outcome, runCommand } from './command.service.ts';
import { reveal } from './reveal.service.ts';
import { findDocumentId, saveNote } from './store.ts';
import type { StoredSession } from './stored-session.ts';
import { listCommitments } from './submission.store.ts';

/** Moves the session one status on from the one the person saw. */
export function advanceSession(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  from: Exclude<SessionStatus, 'closed'>,
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async (tx, stored, now) => {
    const command = { type: 'advance', from } as const;
    if (stored.session.status !== from) return { command };
    switch (from) {
      case 'draft':
      case 'resolved':
        return { command };
      case 'scoring':
        // The list enters the log's chain with the reveal, in the transaction that opens what it is of.
        return {
          command: {
            ...command,
            commitments: await listCommitments(tx, stored.organisationId, sessionId),
          },
          write: async (after) => ({ after: await reveal(tx, deps.serverKey, after), extra: null }),
        };
      case 'review': {
        const notes = await readNotes(tx, deps, stored);
        return {
          command: { ...command, notedQuestionIds: [...notes.keys()] },
          write: async (after) => {
            for (const [questionId, note] of notes) {
              await saveNote(tx, stored.organisationId, sessionId, questionId, note, now);
            }
            return { after: withNotes(after, notes), extra: null };
          },
        };
      }
    }
  });
}

/** The notes that are not blank, by question, read from the journal. */
async function readNotes(
  tx: Tx,
  deps: CommandDeps,
  stored: StoredSession,
): Promise<Map<string, NoteContent>> {
  const documentId = await findDocumentId(tx, stored.organisationId, stored.session.id, null);
  if (!documentId) throw new Error('a session without its notes document');
  const doc = await loadDocument(tx, stored.organisationId, { serverKey: deps.serverKey, documentId });
  const notes = new Map<string, NoteContent>();
  for (const { id } of questionsOf(stored.session.scorecard)) {
    const note = readNote(doc, id);
    if (note) notes.set(id, note);
  }
  doc.destroy();
  return notes;
}

function withNotes(stored: StoredSession, notes: ReadonlyMap<string, NoteContent>): StoredSession {
  const { session } = stored;
  if (!isRevealedSession(session)) return stored;
  const known = new Map(session.resolutions.map((resolution) => [resolution.questionId, resolution]));
  for (const questionId of notes.keys()) {
    const before: Resolution = known.get(questionId) ?? {
      questionId,
      agreed: null,
      cause: null,
      noted: true,
    };
    known.set(questionId, { ...before, noted: true });
  }
  return { ...stored, session: { ...session, resolutions: [...known.values()] } };
}
