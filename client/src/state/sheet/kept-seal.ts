// The commitment the server answered a submission with, held by this device so that it can prove what it submitted. It says
// nothing of the answers, and outlives the sheet itself.
const key = (participantId: string) => `attune.seal.${participantId}`;

/** Holds the commitment, hexadecimal; `null` forgets it. */
export function keepSeal(participantId: string, commitment: string | null): void {
  try {
    if (commitment === null) localStorage.removeItem(key(participantId));
    else localStorage.setItem(key(participantId), commitment);
  } catch {
    // Storage is blocked: the server's copy alone remains.
  }
}

/** The commitment this device holds, hexadecimal; `null` where it submitted nothing. */
export function keptSeal(participantId: string): string | null {
  try {
    const kept = localStorage.getItem(key(participantId));
    return kept !== null && /^[0-9a-f]{64}$/.test(kept) ? kept : null;
  } catch {
    return null;
  }
}
