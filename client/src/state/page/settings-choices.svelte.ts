// What the settings form chooses from: published scorecards, clients, and the questions of the scorecard chosen. Each comes, or
// fails, by itself: what is not there cannot be chosen, and what stands stays as it is.
import type { ClientView, ScorecardSummary } from '@attune/contract';
import { type Question, questionsOf } from '@attune/domain';
import { answer, api } from '../../api.ts';
import { Loaded } from './loaded.svelte.ts';

export class SettingsChoices {
  readonly scorecards: Loaded<readonly ScorecardSummary[]> = new Loaded(
    async () => (await answer(api.scorecards.$get({ query: { status: 'published' } }))).scorecards,
  );
  readonly clients: Loaded<readonly ClientView[]> = new Loaded(
    async () => (await answer(api.clients.$get())).clients,
  );
  #questions = $state.raw<readonly Question[]>([]);
  #questionsOf = '';

  /** Asks for both lists; the questions come with the choice of a scorecard. */
  load(): void {
    void this.scorecards.load();
    void this.clients.load();
  }

  /** Questions of the scorecard last asked for. */
  get questions(): readonly Question[] {
    return this.#questions;
  }

  /** Fetches the questions of a scorecard's version; a failure leaves none to choose from. */
  async choose(versionId: string): Promise<void> {
    const chosen = this.scorecards.value?.find((scorecard) => scorecard.versionId === versionId);
    if (!chosen || this.#questionsOf === versionId) return;
    this.#questionsOf = versionId;
    this.#questions = [];
    try {
      const query = { version: String(chosen.version) };
      const detail = await answer(api.scorecards[':id'].$get({ param: { id: chosen.id }, query }));
      if (this.#questionsOf === versionId) this.#questions = questionsOf(detail.content);
    } catch {
      if (this.#questionsOf === versionId) this.#questionsOf = '';
    }
  }
}
