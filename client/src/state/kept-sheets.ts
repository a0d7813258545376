// What scoring leaves on this device: one database for each sealed document, and the seal of what was submitted. A list of
// them, so that signing out can wipe every one, also those of pages not open. Carries no Yjs: the frame may load it.
const listKey = 'attune.kept-sheets';
const sealKey = (participantId: string) => `attune.seal.${participantId}`;

/** The database's name in this browser. */
export const sheetDatabase = (participantId: string) => `attune.sheet.${participantId}`;

function readList(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(listKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage is blocked: nothing is kept, so nothing needs to be remembered.
  }
}

/** Remembers that this device keeps the sheet. */
export function rememberSheet(participantId: string): void {
  const list = readList();
  if (!list.includes(participantId)) write(listKey, JSON.stringify([...list, participantId]));
}

/** Wipes one sheet from this device: after the reveal nobody needs it. Pages that have it open let go of it. */
export function wipeSheet(participantId: string): void {
  write(listKey, JSON.stringify(readList().filter((id) => id !== participantId)));
  try {
    indexedDB.deleteDatabase(sheetDatabase(participantId));
  } catch {
    // No such storage here, so nothing in it.
  }
}

/** Wipes every sheet from this device. Call it at sign-out. */
export function wipeSheets(): void {
  for (const participantId of readList()) {
    wipeSheet(participantId);
    write(sealKey(participantId), null);
  }
}

/** Holds the commitment the server answered a submission with, so that this device can prove what it was; `null` forgets. */
export function keepSeal(participantId: string, commitment: string | null): void {
  write(sealKey(participantId), commitment);
}

/** The commitment this device holds, base64url; `null` where it submitted nothing. */
export function keptSeal(participantId: string): string | null {
  try {
    return localStorage.getItem(sealKey(participantId));
  } catch {
    return null;
  }
}
