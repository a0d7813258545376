// Whether the embedded database is the demo: what it holds decides, DEMO may only agree. A demo never grows into a database that
// was begun for real, nor is anyone signed in by a click there (O6); and the demo opens to others only where somebody asked for it.
import { StartError } from '../../start-error.ts';
import type { Holding } from './holding.store.ts';

export interface Choice {
  /** DEMO; `null` where it is not set. */
  readonly wanted: boolean | null;
  readonly holds: Holding;
  /** The data folder, to be named. */
  readonly dataDir: string;
  /** What lets others come by, as `HOST is "0.0.0.0"`; `null` where nobody else can. */
  readonly openedBy: string | null;
}

/** @throws {StartError} where DEMO says otherwise than the database, or where the demo would stand open unasked */
export function chooseDemo({ wanted, holds, dataDir, openedBy }: Choice): boolean {
  const elsewhere = 'set DATA_DIR to another folder';
  if (holds === 'own') {
    if (wanted !== true) return false;
    throw new StartError(
      `DEMO is 1, and the data folder ${dataDir} was begun for real use, where nobody signs in by a click: leave DEMO out, or ${elsewhere} for the demo.`,
    );
  }
  if (wanted === false) {
    if (holds !== 'demo') return false;
    throw new StartError(
      `DEMO is 0, and the data folder ${dataDir} holds the demo: ${elsewhere} to begin empty, or leave DEMO out for the demo.`,
    );
  }
  if (wanted === null && openedBy !== null) {
    const empty = holds === 'demo' ? `DEMO=0 and DATA_DIR to another folder` : 'DEMO=0';
    throw new StartError(
      `${openedBy}, so others can open the demo, where anyone signs in as anyone by a click: set DEMO=1 if they may, or ${empty} to begin empty, for real use.`,
    );
  }
  return true;
}
