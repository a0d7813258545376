// A participant's place (J2): the browsers that opened it, whom it stays shut to after somebody else's reset, and what its owner is
// asked about the other browsers. Who a browser is, the server knows; here are the rules.

/** An account whose password was reset by somebody other than its own sign-in, and the sign-in that asks. ISO 8601 instants, UTC. */
export interface AccountReset {
  /** When the sign-in was made. */
  readonly signedInAt: string;
  /** `null`: no one else ever reset the account. */
  readonly resetAt: string | null;
}

/**
 * Whether a place is shut to a sign-in: it was begun under a sign-in from before the reset, and this one was made after it. A reset
 * by someone else is no way in.
 *
 * @param begunSignedInAt when the sign-in was made under which the place was begun; `null` while it is not begun
 */
export const isShut = (begunSignedInAt: string | null, { signedInAt, resetAt }: AccountReset): boolean =>
  begunSignedInAt !== null && resetAt !== null && begunSignedInAt < resetAt && resetAt <= signedInAt;

/** One sign-in's coming into a place. `browser` names the browser it came with, across its sign-ins. */
export interface PlaceEntry {
  readonly id: string;
  readonly browser: string;
  /** Such as "Safari on iPhone". */
  readonly device: string;
  readonly enteredAt: string;
}

/** What one browser said of another. */
export interface PlaceAnswer {
  readonly by: string;
  readonly about: string;
  readonly answer: 'me' | 'not-me';
  readonly answeredAt: string;
}

/**
 * The entries a browser is asked about, the oldest first: the latest of each other browser that it has not spoken for, and of one it
 * disowned that came again. Each browser speaks for itself alone, so that two of a stranger's cannot vouch for each other; but what
 * one disowned is ended for all.
 */
export function entriesToAskAbout(
  browser: string,
  entries: readonly PlaceEntry[],
  answers: readonly PlaceAnswer[],
): PlaceEntry[] {
  const latest = new Map<string, PlaceEntry>();
  for (const entry of entries) {
    const known = latest.get(entry.browser);
    if (entry.browser !== browser && (!known || known.enteredAt < entry.enteredAt))
      latest.set(entry.browser, entry);
  }
  return [...latest.values()]
    .filter((entry) => {
      const about = answers.filter((answer) => answer.about === entry.browser);
      if (about.some(({ answer, answeredAt }) => answer === 'not-me' && answeredAt >= entry.enteredAt))
        return false;
      const said = about
        .filter(({ by }) => by === browser)
        .sort((one, other) => (one.answeredAt < other.answeredAt ? 1 : -1))[0];
      return said?.answer !== 'me';
    })
    .sort((one, other) => (one.enteredAt < other.enteredAt ? -1 : 1));
}

/** Something the record says beside a person's name, since it bears on who answered. Instants ISO 8601, UTC. */
export type PlaceMark =
  /** Opened with a personal link, which others held too: possible until these were ended. `device` where the log kept it. */
  | { readonly kind: 'personal-link'; readonly at: string; readonly device: string | null }
  /**
   * Somebody else reset the account, and it came in afterwards. `by` is empty for the operator. `afresh`: an empty sheet was started,
   * and the one before discarded.
   */
  | { readonly kind: 'reset'; readonly at: string; readonly by: string; readonly afresh: boolean }
  /** They said that this entry was not them. `afresh`: the sheet was discarded, or the submission taken back. */
  | { readonly kind: 'disowned'; readonly at: string; readonly device: string; readonly afresh: boolean };

const fieldsOf = (event: unknown): Readonly<Record<string, unknown>> =>
  typeof event === 'object' && event !== null ? { ...event } : {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The marks of each participant of a record, by id, out of its log. A restarted place keeps those of the one before. */
export function placeMarks({
  people,
  log,
}: {
  readonly people: readonly { readonly participantId: string; readonly openedByLinkAt?: string | null }[];
  readonly log: readonly { readonly at: string; readonly event: unknown }[];
}): Map<string, PlaceMark[]> {
  const marks = new Map<string, PlaceMark[]>();
  const add = (participantId: string, mark: PlaceMark) =>
    marks.set(participantId, [...(marks.get(participantId) ?? []), mark]);
  for (const { at, event } of log) {
    const told = fieldsOf(event);
    const participantId = textOf(told.participantId);
    switch (told.type) {
      case 'invite-opened':
        add(participantId, { kind: 'personal-link', at, device: textOf(told.device) });
        break;
      case 'place-disowned':
        add(participantId, {
          kind: 'disowned',
          at,
          device: textOf(told.device),
          afresh: told.afresh === true,
        });
        break;
      case 'place-restarted': {
        const next = textOf(told.newParticipantId);
        const before = marks.get(participantId);
        if (before) marks.set(next, before);
        marks.delete(participantId);
        if (told.cause === 'reset') add(next, { kind: 'reset', at, by: textOf(told.resetBy), afresh: true });
        break;
      }
      case 'place-entered': {
        const reset = fieldsOf(told.reset);
        const isNews = !marks.get(participantId)?.some(({ kind }) => kind === 'reset');
        if (told.reset !== undefined && isNews)
          add(participantId, {
            kind: 'reset',
            at: textOf(reset.at),
            by: textOf(reset.by),
            afresh: false,
          });
        break;
      }
    }
  }
  // A link opened after the reveal left no entry in the log.
  for (const { participantId, openedByLinkAt } of people)
    if (openedByLinkAt && !marks.get(participantId)?.some(({ kind }) => kind === 'personal-link'))
      add(participantId, { kind: 'personal-link', at: openedByLinkAt, device: null });
  return marks;
}
