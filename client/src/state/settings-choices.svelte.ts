// What the settings form chooses from: published scorecards, clients, and the questions of the scorecard chosen.
import type { ClientView, ScorecardSummary } from '@attune/contract';
import { type Question, questionsOf } from '@attune/domain';
import { answer, api } from '../api.ts';
import { Loaded } from './loaded.svelte.ts';

export class SettingsChoices {
  readonly loaded = new Loaded(async () => {
    const [{ scorecards }, { clients }] = await Promise.all([
      answer(api.scorecards.$get({ query: { status: 'published' } })),
      answer(api.clients.$get()),
    ]);
    return { scorecards, clients };
  });
  #questions = $state.raw<readonly Question[]>([]);
  #questionsOf = '';

  get scorecards(): readonly ScorecardSummary[] {
    return this.loaded.value?.scorecards ?? [];
  }

  get clients(): readonly ClientView[] {
    return this.loaded.value?.clients ?? [];
  }

  /** Questions of the scorecard last asked for. */
  get questions(): readonly Question[] {
    return this.#questions;
  }

  /** Fetches the questions of a scorecard's version; a failure leaves none to choose from. */
  async choose(versionId: string): Promise<void> {
    const chosen = this.scorecards.find((scorecard) => scorecard.versionId === versionId);
    if (!chosen || this.#questionsOf === versionId) return;
    this.#questionsOf = versionId;
    try {
      const query = { version: String(chosen.version) };
      const detail = await answer(api.scorecards[':id'].$get({ param: { id: chosen.id }, query }));
      if (this.#questionsOf === versionId) this.#questions = questionsOf(detail.content);
    } catch {
      this.#questionsOf = '';
      this.#questions = [];
    }
  }
}
