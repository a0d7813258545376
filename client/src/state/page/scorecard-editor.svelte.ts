// A draft scorecard being edited (E11): what was done can be undone, all of it is saved by itself, and nobody else's work is
// overwritten. What the server does not have yet is kept on this device.
import type { ScorecardDetail } from '@attune/contract';
import { mergeScorecards, publishProblems, type Scorecard, sameScorecard, sharing } from '@attune/domain';
import { ApiProblem, answer, api, asProblem, command } from '../../api.ts';
import { scorecardName } from '../../lib/drafts.ts';
import { changed, type History, historyOf, mapped, paused, redone, undone } from '../../lib/history.ts';
import { newCommandId } from '../../lib/ids.ts';
import { scopeKey } from '../../lib/settings-form.ts';
import type { SaveState } from '../live/save-count.ts';
import { type Draft, DraftCopy, type KeptDraft, type SavedDraft } from './draft-copy.ts';

/** How long one may type on before it is saved. */
const pauseMs = 700;
/** Until the next try where the server could not be reached, doubled each time. */
const firstRetryMs = 2_000;
const longestRetryMs = 30_000;

/** What somebody else has saved meanwhile. */
export interface Theirs extends SavedDraft {
  readonly by: string | null;
}

const sameDraft = (one: Draft, other: Draft): boolean =>
  one === other ||
  (scopeKey(one.scope) === scopeKey(other.scope) && sameScorecard(one.content, other.content));

const savedOf = ({ versionId, revision, scope, content }: ScorecardDetail): SavedDraft => ({
  versionId,
  revision,
  scope,
  content,
});

/** How a change is to be undone: what is in hand, and the field where it is typing. */
interface How {
  readonly at?: string;
  readonly field?: string;
}

export class ScorecardEditor {
  readonly id: string;
  /** Once a version was published, the scope is fixed. */
  readonly isScopeFixed: boolean;
  readonly #copy: DraftCopy;
  #saved: SavedDraft;
  #history = $state.raw<History<Draft>>(
    historyOf<Draft>({ scope: { kind: 'organisation' }, content: nothing }),
  );
  #theirs = $state.raw<Theirs | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #saveState = $state<SaveState>('idle');
  /** The id of the section or question in hand; the empty text for the scorecard itself. */
  inHand = $state('');
  /** The last that was sent: where its answer was lost, what comes back may be one's own. */
  #sent: { readonly draft: Draft; readonly key: string } | null = null;
  #sending: Promise<boolean> | null = null;
  #isClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retryMs = firstRetryMs;

  constructor(detail: ScorecardDetail, memberId: string) {
    this.id = detail.id;
    this.isScopeFixed = detail.publishedVersion !== null;
    const place = scorecardName(memberId, detail.versionId);
    this.#copy = new DraftCopy(place, () => ({ saved: this.#saved, draft: this.draft }));
    this.#saved = savedOf(detail);
    const copy = this.#copy.takeUp();
    this.#history = historyOf(copy?.saved ?? this.#saved);
    if (copy) this.#takeUp(copy, detail);
  }

  /** Goes on with what was left unsaved here. */
  #takeUp({ saved, draft }: KeptDraft, detail: ScorecardDetail): void {
    const isOld = saved.revision !== detail.revision && !sameDraft(saved, detail);
    if (isOld) {
      this.#saved = saved;
      this.#theirs = { ...savedOf(detail), by: detail.lastChange?.by ?? null };
    }
    this.change(draft);
  }

  get draft(): Draft {
    return this.#history.present;
  }

  get content(): Scorecard {
    return this.#history.present.content;
  }

  get saveState(): SaveState {
    return this.#saveState;
  }

  /** Why the server takes no more of it; `null` while it does. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  /** The revision that is on the server, for whoever publishes or discards it. */
  get seen(): { readonly versionId: string; readonly revision: number } {
    return this.#saved;
  }

  /** Everything the server has is what is on the page. */
  get isSaved(): boolean {
    return this.#saveState === 'idle' || this.#saveState === 'saved';
  }

  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }

  readonly problems = $derived(publishProblems(this.#history.present.content));

  /** What somebody else saved while this was edited: the server takes nothing until one has chosen. */
  readonly collision = $derived.by(() => {
    const theirs = this.#theirs;
    if (!theirs) return null;
    const { content } = this.#history.present;
    return { theirs, base: this.#saved, ...mergeScorecards(this.#saved.content, content, theirs.content) };
  });

  /** Makes a change: a step to undo, and to save. */
  change(draft: Partial<Draft>, { at = this.inHand, field }: How = {}): void {
    const made = { at, when: Date.now(), ...(field === undefined ? {} : { field: `${at} ${field}` }) };
    this.#arrive(changed(this.#history, { ...this.#history.present, ...draft }, made));
  }

  /** Changes the scorecard's content. */
  edit(change: (content: Scorecard) => Scorecard, how: How = {}): void {
    const content = change(this.content);
    if (content !== this.content) this.change({ content }, how);
  }

  /** What goes on in one field, or with one thing that is moved, ends here: the next change is a step of its own. */
  pause(): void {
    this.#history = paused(this.#history);
  }

  undo(): void {
    this.#walk(undone(this.#history));
  }

  redo(): void {
    this.#walk(redone(this.#history));
  }

  #walk(step: [History<Draft>, string] | null): void {
    if (!step) return;
    this.#arrive(step[0]);
    this.inHand = step[1];
    this.settle();
  }

  /** What is in hand may be gone: then the scorecard is. */
  settle(): void {
    const isThere = this.content.sections.some(
      ({ id, questions }) => id === this.inHand || questions.some((question) => question.id === this.inHand),
    );
    if (!isThere) this.inHand = '';
  }

  #arrive(history: History<Draft>): void {
    this.#history = history;
    // What was wrong with it may be mended now.
    if (this.#problem?.status === 422) this.#problem = null;
    if (!this.#isOwed()) {
      this.#copy.drop();
      this.#saveState = 'saved';
      return;
    }
    if (this.#isBlocked) this.#saveState = this.#copy.keep() ? 'refused-kept' : 'refused';
    else if (!navigator.onLine) this.#saveState = this.#copy.keep() ? 'kept' : 'unkept';
    else {
      this.#saveState = 'saving';
      this.#copy.keepSoon();
    }
    this.#waitThenSave(pauseMs);
  }

  /** The page may be gone in a moment: what is not on this device yet is put there now. */
  readonly keepNow = (): void => this.#copy.flush();

  /** Also while nobody knows whether the server has what was sent: it may have what was undone since. */
  #isOwed(): boolean {
    return this.#sent !== null || !sameDraft(this.draft, this.#saved);
  }

  #waitThenSave(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#isClosed) this.#timer = setTimeout(() => void this.#saveOnce(), ms);
  }

  /** Saves what is not saved yet, now. Never rejects. @returns whether the server has all of it */
  readonly save = async (): Promise<boolean> => {
    while (this.#isOwed()) if (!(await this.#saveOnce())) return false;
    return !this.#theirs && !this.#problem;
  };

  /** @returns whether the server took what it was sent */
  async #saveOnce(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#isBlocked || !this.#isOwed()) return false;
    if (this.#sending) return this.#sending;
    this.#sending = this.#send();
    const isTaken = await this.#sending;
    this.#sending = null;
    // Typed while it was on its way.
    if (isTaken && this.#isOwed()) this.#waitThenSave(pauseMs);
    return isTaken;
  }

  get #isBlocked(): boolean {
    return this.#theirs !== null || this.#problem !== null;
  }

  async #send(): Promise<boolean> {
    const { draft } = this;
    // The same press for the same draft: where its answer was lost, it is answered again.
    const { key } = this.#sent?.draft === draft ? this.#sent : { key: newCommandId() };
    const before = this.#sent;
    this.#sent = { draft, key };
    if (navigator.onLine) this.#saveState = 'saving';
    const { versionId, revision } = this.#saved;
    const json = { versionId, revision, scope: draft.scope, content: draft.content };
    try {
      const reply = await answer(
        api.scorecards[':id'].draft.$put({ param: { id: this.id }, json }, command(key)),
      );
      this.#took({ ...draft, versionId, revision: reply.revision });
      return true;
    } catch (error) {
      return this.#failed(asProblem(error), before ? [before.draft, draft] : [draft]);
    }
  }

  #took(saved: SavedDraft): void {
    this.#saved = saved;
    this.#sent = null;
    this.#retryMs = firstRetryMs;
    this.#saveState = this.#isOwed() ? 'saving' : 'saved';
    if (this.#isOwed()) this.#copy.keep();
    else this.#copy.drop();
  }

  /** @returns whether the server had taken it, and its answer alone was lost */
  async #failed(problem: ApiProblem, sent: readonly Draft[]): Promise<boolean> {
    if (problem.slug === 'draft-changed') return this.#learn(sent);
    const isKeptHere = this.#copy.keep();
    if (problem.status === 0 || problem.status === 429 || problem.status >= 500) {
      this.#saveState = isKeptHere ? 'kept' : 'unkept';
      this.#waitThenSave(this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
    } else {
      this.#sent = null;
      this.#problem = problem;
      this.#saveState = isKeptHere ? 'refused-kept' : 'refused';
    }
    return false;
  }

  /**
   * Asks what stands there instead.
   * @param sent what was sent, and may have been taken though its answer was lost
   * @returns whether it is one of these
   */
  async #learn(sent: readonly Draft[]): Promise<boolean> {
    try {
      const detail = await answer(api.scorecards[':id'].$get({ param: { id: this.id }, query: {} }));
      const now = savedOf(detail);
      if (detail.status !== 'draft' || now.versionId !== this.#saved.versionId) {
        return this.#failed(new ApiProblem('no-draft', 409), []);
      }
      if (sent.some((draft) => sameDraft(now, draft))) {
        this.#took(now);
        return true;
      }
      const content = sharing(this.#saved.content, now.content);
      this.#meet({ ...now, content, by: detail.lastChange?.by ?? null });
      return false;
    } catch (error) {
      return this.#failed(asProblem(error), sent);
    }
  }

  #meet(theirs: Theirs): void {
    this.#theirs = theirs;
    this.#sent = null;
    this.#saveState = this.#copy.keep() ? 'refused-kept' : 'refused';
  }

  /** Takes what is on the server in the place of one's own; undoing brings that back. */
  takeTheirs(): void {
    const theirs = this.#theirs;
    if (!theirs) return;
    const { scope, content } = theirs;
    this.#settleOn(theirs, changed(this.#history, { scope, content }, { at: this.inHand, when: Date.now() }));
  }

  /**
   * Puts one's own over what is on the server, keeping of theirs whatever does not collide. It is no step of one's own: what one
   * did before can be undone, and theirs stays.
   */
  keepBoth(): void {
    const theirs = this.#theirs;
    if (!theirs) return;
    const base = this.#saved;
    const onTop = ({ scope, content }: Draft): Draft => ({
      scope: scopeKey(scope) === scopeKey(base.scope) ? theirs.scope : scope,
      content: mergeScorecards(base.content, content, theirs.content).scorecard,
    });
    this.#settleOn(theirs, paused(mapped(this.#history, onTop)));
  }

  #settleOn(theirs: Theirs, history: History<Draft>): void {
    this.#theirs = null;
    this.#saved = theirs;
    this.#arrive(history);
    this.settle();
    void this.save();
  }

  /** Where nothing of one's own waits, shows what somebody else has saved meanwhile. @returns by whom, `null` where nothing is new */
  async refresh(): Promise<string | null> {
    if (this.#sending || this.#isOwed() || this.#isBlocked) return null;
    try {
      const detail = await answer(api.scorecards[':id'].$get({ param: { id: this.id }, query: {} }));
      const isOther = detail.status !== 'draft' || detail.versionId !== this.#saved.versionId;
      if (isOther) this.#problem = new ApiProblem('no-draft', 409);
      if (isOther || detail.revision === this.#saved.revision || this.#isOwed() || this.#sending) return null;
      this.#saved = savedOf(detail);
      this.#history = historyOf<Draft>(this.#saved);
      this.settle();
      return detail.lastChange?.by ?? null;
    } catch {
      // It is asked again when the page is looked at next.
      return null;
    }
  }

  /** Nothing of it is wanted any more: it was published, or discarded. */
  forget(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#copy.drop();
  }

  /** The page is left: what is not saved yet is sent, and stays on this device until it is. */
  close(): void {
    if (this.#isClosed) return;
    this.keepNow();
    void this.save();
    this.#isClosed = true;
  }
}

const nothing: Scorecard = {
  name: '',
  description: '',
  passMarkHundredths: null,
  disputeWindowHours: 0,
  sections: [],
};
