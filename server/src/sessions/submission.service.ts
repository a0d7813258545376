// Submitting, and taking back until the reveal (C5, C6). The document is read from the journal, never from a hub's
// memory, under the session's lock: what is submitted is what is stored.
import { readSheet } from '@attune/contract';
import { type Actor, canonicalJson, progressOf, type Refusal, type Sheet, toHex } from '@attune/domain';
import type { Tx } from '../db/client.ts';
import { loadDocument } from '../documents/store.ts';
import { type CommandDeps, type Outcome, runCommand } from './command.service.ts';
import { beginPlace } from './place.store.ts';
import { sealSubmission } from './sealed-content.ts';
import { findDocumentId, saveParticipant } from './store.ts';
import type { StoredSession } from './stored-session.ts';
import { deleteSubmission, insertSubmission } from './submission.store.ts';

export interface Submitted {
  readonly participantId: string;
  readonly submittedAt: string;
  /** Hexadecimal, as it is published and in the log. */
  readonly commitment: string;
}

/** Typing is still on its way: what the person saw is not what is stored. */
export interface SheetDiffers {
  readonly ok: false;
  readonly sheetDiffers: true;
}

/**
 * Submits the actor's own sheet.
 *
 * @param signedInAt when the actor's sign-in was made
 * @param seen what the person saw when pressing Submit; `null` submits whatever is stored
 */
export async function submitSheet(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  seen: Sheet | null,
  signedInAt: string,
): Promise<Outcome<Submitted> | SheetDiffers> {
  let differs = false;
  const outcome = await runCommand<Submitted>(
    deps,
    actor,
    sessionId,
    'sheet.submit',
    async (tx, stored, now) => {
      const own = ownParticipant(actor, stored);
      if ('refusal' in own) return own;
      const { participantId } = own;
      if (stored.session.status !== 'scoring') {
        return { refusal: { code: 'wrong-status', status: stored.session.status, needs: ['scoring'] } };
      }
      const sheet = await readStoredSheet(tx, deps, stored, participantId);
      if (seen !== null && canonicalJson(seen) !== canonicalJson(sheet)) {
        differs = true;
        return { refusal: { code: 'not-submitted' } };
      }
      const content = sealSubmission(deps.serverKey, stored, participantId, sheet);
      const commitment = toHex(content.commitment);
      return {
        command: { type: 'submit', participantId, sheet, commitment },
        write: async (after) => {
          await beginPlace(tx, after.organisationId, participantId, { now, signedInAt });
          await insertSubmission(tx, after.organisationId, {
            ...content,
            sessionId,
            participantId,
            submittedAt: now,
          });
          const { answered } = progressOf(after.session.scorecard, sheet);
          const participant = after.session.participants.find(({ id }) => id === participantId);
          if (participant) await saveParticipant(tx, after.organisationId, participant, answered);
          return {
            after: { ...after, answered: new Map([...after.answered, [participantId, answered]]) },
            extra: { participantId, submittedAt: now, commitment },
          };
        },
      };
    },
  );
  if (differs) return { ok: false, sheetDiffers: true };
  return outcome as Outcome<Submitted>;
}

/** Takes the actor's submission back, to change it (C5). */
export function takeBack(deps: CommandDeps, actor: Actor, sessionId: string): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'sheet.submit', async (tx, stored) => {
    const own = ownParticipant(actor, stored);
    if ('refusal' in own) return own;
    const { participantId } = own;
    return {
      command: { type: 'take-back', participantId },
      write: async (after) => {
        await deleteSubmission(tx, after.organisationId, participantId);
        return { after, extra: null };
      },
    };
  });
}

function ownParticipant(
  actor: Actor,
  stored: StoredSession,
): { participantId: string } | { refusal: Refusal } {
  const own = stored.session.participants.find(({ memberId }) => memberId === actor.memberId);
  return own ? { participantId: own.id } : { refusal: { code: 'not-a-participant' } };
}

async function readStoredSheet(
  tx: Tx,
  deps: CommandDeps,
  stored: StoredSession,
  participantId: string,
): Promise<Sheet> {
  const documentId = await findDocumentId(tx, stored.organisationId, stored.session.id, participantId);
  if (!documentId) throw new Error('a participant without a sealed document');
  const doc = await loadDocument(tx, stored.organisationId, { serverKey: deps.serverKey, documentId });
  const sheet = readSheet(doc, stored.session.scorecard);
  doc.destroy();
  return sheet;
}
