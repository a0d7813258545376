// How far each participant is: n of m answered, and nothing else about their answers (C5, live.md 4.1). No command: it moves
// nobody's rights, and reads nothing of the session but whether it is scored. Counts of one session are told together.
import type { Bus } from '../bus/bus.ts';
import type { Database } from '../db/client.ts';
import { insertChange } from './change.store.ts';
import { holdScoring, nextChangeNumber, saveAnswered } from './progress.store.ts';
import { memberNames } from './store.ts';
import { participantToView } from './views.ts';

export interface ProgressDeps {
  readonly db: Database;
  readonly bus: Bus;
  now(): string;
}

export interface Progress {
  readonly answered: number;
  readonly questions: number;
}

/** Tells how far participants are, by id, in one change. What others know already, and of whoever has submitted, changes nothing. */
export async function tellProgress(
  { db, bus, now }: ProgressDeps,
  organisationId: string,
  sessionId: string,
  progress: ReadonlyMap<string, Progress>,
): Promise<void> {
  const number = await db.transaction(async (tx) => {
    if (!(await holdScoring(tx, organisationId, sessionId))) return null;
    const counts = [...progress].map(([participantId, { answered }]) => ({ participantId, answered }));
    const rows = await saveAnswered(tx, organisationId, sessionId, counts);
    if (rows.length === 0) return null;
    const people = await memberNames(
      tx,
      organisationId,
      rows.map(({ memberId }) => memberId),
    );
    const known = { ...people, answered: new Map(rows.map(({ id, answered }) => [id, answered])) };
    const number = await nextChangeNumber(tx, organisationId, sessionId);
    await insertChange(tx, organisationId, {
      sessionId,
      number,
      at: now(),
      byMemberId: null,
      events: rows.map(({ id }) => ({ type: 'progress', byMemberId: null, participantId: id })),
      patch: {
        changedParticipants: rows.map(({ id, memberId, late }) =>
          participantToView(
            known,
            { id, memberId, late, state: 'scoring' },
            progress.get(id)?.questions ?? 0,
          ),
        ),
      },
    });
    return number;
  });
  if (number !== null) bus.publish({ type: 'session-changed', organisationId, sessionId, number });
}

/** Between two tellings of a session: a telling is a frame to each of its people, so that many hear less often. */
const pauseMs = (people: number) => Math.max(1_000, 10 * people);

/** Whose sheet it is. */
export interface Scorer {
  readonly organisationId: string;
  readonly sessionId: string;
  readonly participantId: string;
  /** How many have a place in the session. */
  readonly people: number;
}

interface Gathered {
  people: number;
  readonly counts: Map<string, () => Progress>;
  readonly told: Promise<void>;
}

/** Gathers the counts of each session and tells them at once, and from then on at most once a second, seldomer where many listen. */
export class ProgressGatherer {
  readonly #deps: ProgressDeps;
  readonly #gathered = new Map<string, Gathered>();
  /** Settles some time after the last telling, when it has ended; gone when nothing was gathered since. */
  readonly #pauses = new Map<string, Promise<void>>();

  constructor(deps: ProgressDeps) {
    this.#deps = deps;
  }

  /**
   * Resolves when the count is told, together with others'; rejects where the database fails.
   *
   * @param count asked when it is told: by then the sheet may have been submitted and taken back with more in it
   */
  record({ organisationId, sessionId, participantId, people }: Scorer, count: () => Progress): Promise<void> {
    let gathered = this.#gathered.get(sessionId);
    if (!gathered) {
      gathered = { people, counts: new Map(), told: this.#tellLater(organisationId, sessionId) };
      this.#gathered.set(sessionId, gathered);
    }
    gathered.people = people;
    gathered.counts.set(participantId, count);
    return gathered.told;
  }

  async #tellLater(organisationId: string, sessionId: string): Promise<void> {
    await this.#pauses.get(sessionId);
    const gathered = this.#gathered.get(sessionId);
    this.#gathered.delete(sessionId);
    const progress = new Map([...(gathered?.counts ?? [])].map(([id, count]) => [id, count()]));
    const telling = tellProgress(this.#deps, organisationId, sessionId, progress);
    this.#pause(sessionId, pauseMs(gathered?.people ?? 0), telling);
    await telling;
  }

  #pause(sessionId: string, ms: number, telling: Promise<void>): void {
    const passed = new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
    const pause = Promise.allSettled([passed, telling]).then(() => {
      if (this.#pauses.get(sessionId) === pause) this.#pauses.delete(sessionId);
    });
    this.#pauses.set(sessionId, pause);
  }
}
