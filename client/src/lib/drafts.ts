// What this browser keeps of what is typed: in IndexedDB, named by the member whose it is. All of it leaves the device when they
// sign out, and each sheet when it is revealed.

const prefix = 'attune:';

/** The database of a participant's sheet on this device. */
export const sheetName = (memberId: string, participantId: string): string =>
  `${prefix}${memberId}:sealed:${participantId}`;

/** Where sheets lay before copies were named by member. */
export const formerSheetName = (participantId: string): string => `${prefix}sealed:${participantId}`;

/** The database of a session's notes on this device. */
export const notesName = (memberId: string, sessionId: string): string =>
  `${prefix}${memberId}:meeting:${sessionId}`;

/** Forgets a copy. The seal of what was submitted stays, to be checked. */
export function forgetCopy(name: string): void {
  try {
    indexedDB.deleteDatabase(name);
  } catch {
    // Storage is blocked: there is nothing to forget.
  }
}

/** Forgets one sheet on this device. */
export function forgetSheet(memberId: string, participantId: string): void {
  forgetCopy(sheetName(memberId, participantId));
  forgetCopy(formerSheetName(participantId));
}

/** Forgets all typing kept on this device. */
export async function forgetDrafts(): Promise<void> {
  // Where storage is blocked there is nothing to forget, and signing out must go on.
  const all = await Promise.resolve()
    .then(() => indexedDB.databases())
    .catch(() => []);
  for (const { name } of all) if (name?.startsWith(prefix)) indexedDB.deleteDatabase(name);
}
