// Answers typed but not yet sent lie in this browser's IndexedDB. They leave the device when their owner signs out, and
// each sheet when it is revealed.

const prefix = 'attune:';

/** The name of a participant's database on this device. */
export const draftName = (participantId: string): string => `${prefix}sealed:${participantId}`;

/** Forgets one participant's typing on this device. The seal of what was submitted stays, to be checked. */
export function forgetDraft(participantId: string): void {
  try {
    indexedDB.deleteDatabase(draftName(participantId));
  } catch {
    // Storage is blocked: there is nothing to forget.
  }
}

/** Forgets all typing kept on this device. */
export async function forgetDrafts(): Promise<void> {
  // Where storage is blocked there is nothing to forget, and signing out must go on.
  const all = await Promise.resolve()
    .then(() => indexedDB.databases())
    .catch(() => []);
  for (const { name } of all) if (name?.startsWith(prefix)) indexedDB.deleteDatabase(name);
}
