// What this browser keeps of what is typed: in IndexedDB and, of scorecards, in its local storage, named by the member whose it is,
// and in the tab what was not taken. It leaves the device when they sign out, and each sheet when it is revealed; another's stays,
// and waits for them.
import { dropAll } from './device-memory.ts';
import { forgetAll } from './tab-memory.ts';

const prefix = 'attune:';
const asides = 'aside.';
const forms = 'form.';
const scorecards = 'scorecard.';

/** The database of a participant's sheet on this device. */
export const sheetName = (memberId: string, participantId: string): string =>
  `${prefix}${memberId}:sealed:${participantId}`;

/** Where sheets lay before copies were named by member. */
export const formerSheetName = (participantId: string): string => `${prefix}sealed:${participantId}`;

/** The database of a session's notes on this device. */
export const notesName = (memberId: string, sessionId: string): string =>
  `${prefix}${memberId}:meeting:${sessionId}`;

/** Where a tab keeps what a member wrote in a session's notes and the server did not take. */
export const asideName = (memberId: string, sessionId: string): string => `${asides}${memberId}.${sessionId}`;

/** Where a tab keeps what a member typed into a calibration's settings; without an id, a new one's. */
export const formName = (memberId: string, sessionId = 'new'): string => `${forms}${memberId}.${sessionId}`;

/** Where this browser keeps work on a draft scorecard that is not saved yet. */
export const scorecardName = (memberId: string, versionId: string): string =>
  `${scorecards}${memberId}.${versionId}`;

/**
 * Forgets a copy. The seal of what was submitted stays, to be checked.
 *
 * @returns whether it is gone; settles once no page has it open any more
 */
export const forgetCopy = (name: string): Promise<boolean> =>
  new Promise((resolve) => {
    try {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = () => resolve(true);
      request.onerror = () => resolve(false);
    } catch {
      // Storage is blocked: there is nothing to forget.
      resolve(true);
    }
  });

/** Forgets one sheet on this device. */
export function forgetSheet(memberId: string, participantId: string): void {
  void forgetCopy(sheetName(memberId, participantId));
  void forgetCopy(formerSheetName(participantId));
}

/** Forgets all of a member's typing that is kept on this device, and what is kept without a name. */
export async function forgetDrafts(memberId: string): Promise<void> {
  for (const kind of [asides, forms]) forgetAll(`${kind}${memberId}.`);
  dropAll(`${scorecards}${memberId}.`);
  // Where storage is blocked there is nothing to forget, and signing out must go on.
  const all = await Promise.resolve()
    .then(() => indexedDB.databases())
    .catch(() => []);
  const beginnings = [`${prefix}${memberId}:`, `${prefix}sealed:`];
  for (const { name } of all)
    if (name && beginnings.some((beginning) => name.startsWith(beginning))) indexedDB.deleteDatabase(name);
}
