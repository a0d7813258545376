// How the log holds what it does not say (X1): a hash under 32 random bytes of its own for each value. A person's name is held
// once a session, so that it is erased at one stroke.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { type Holding, heldInput, type Opening, scorecardInput, toHex } from '@attune/domain';
import type { Tx } from '../db/client.ts';
import { findOrganisation } from '../people/store.ts';
import { loadDetail } from './detail.store.ts';
import { listHeldNames, type NewHeld } from './held.store.ts';
import type { StoredSession } from './stored-session.ts';

/** A value's hash and the salt it was made with. */
export function holdValue(value: unknown): { readonly hash: string; readonly salt: Uint8Array } {
  const salt = new Uint8Array(randomBytes(32));
  return { hash: hashUnder(salt, value), salt };
}

/** The hash that a value has under its salt, hexadecimal. */
export const hashUnder = (salt: Uint8Array, value: unknown): string =>
  createHmac('sha256', salt).update(heldInput(value)).digest('hex');

/**
 * A way to make entries of this session's log, and the values held on the way, which the caller writes.
 *
 * @param named members whose names the entries may hold
 */
export async function holdingFor(
  tx: Tx,
  stored: StoredSession,
  named: readonly string[],
  opening: Opening | null,
): Promise<{ readonly holding: Holding; readonly made: readonly NewHeld[] }> {
  const { organisationId, session, names } = stored;
  const before = await listHeldNames(tx, organisationId, session.id, named);
  const made: NewHeld[] = [];
  const nameHeld = (memberId: string | null, value: unknown) =>
    before.find((one) => one.memberId === memberId && one.value === value) ??
    made.find(({ kind, about, value: known }) => kind === 'name' && about === memberId && known === value);
  const holding: Holding = {
    hold(value, kind, about) {
      const known = kind === 'name' ? nameHeld(about, value) : undefined;
      if (known) return { held: known.hash };
      const { hash, salt } = holdValue(value);
      made.push({ hash, salt, kind, about, value });
      return { held: hash };
    },
    nameOf: (memberId) => names.get(memberId) ?? '',
    memberOf: (participantId) =>
      session.participants.find(({ id }) => id === participantId)?.memberId ?? null,
    opening,
  };
  return { holding, made };
}

/** What the start of scoring freezes of a session. */
export async function openingOf(tx: Tx, stored: StoredSession): Promise<Opening> {
  const { organisationId, session } = stored;
  const home = await findOrganisation(tx, organisationId);
  const { transcript, scorecardVersion, clientName, lobName } = await loadDetail(tx, stored);
  const { transcriptLines: _, ...settings } = session.settings;
  return {
    organisation: home?.name ?? '',
    client: clientName,
    lob: lobName,
    settings: { ...settings, transcript },
    sectionWeights: stored.sectionWeights,
    scorecard: toHex(createHash('sha256').update(scorecardInput(session.scorecard)).digest()),
    scorecardVersion,
  };
}
