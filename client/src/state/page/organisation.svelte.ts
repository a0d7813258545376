// The organisation's settings as an administrator changes them. What is typed stays until the server has it; only what was changed is
// sent, over the revision it was chosen for. Where somebody else changed the same in the meantime, one says which is to stand.
import {
  type OrganisationChange,
  type OrganisationSettings,
  type PresentOrganisation,
  presentOrganisation,
} from '@attune/contract';
import { type ApiProblem, answer, api, asProblem, command } from '../../api.ts';
import { Loaded } from './loaded.svelte.ts';

export const settingNames = ['name', 'timeZone', 'thresholdHundredths', 'guestsAllowed'] as const;
export type SettingName = (typeof settingNames)[number];
export type Settings = Pick<OrganisationSettings, SettingName>;

/** What somebody else changed of what one has changed oneself, and is not saved yet. */
export interface Meanwhile {
  /** `null` where whoever it was is gone. */
  readonly byName: string | null;
  readonly names: readonly SettingName[];
  readonly theirs: OrganisationSettings;
}

/** What was saved last, and what it was before. */
interface Saved {
  readonly names: readonly SettingName[];
  readonly before: Settings;
}

type Send = (change: OrganisationChange) => Promise<OrganisationSettings>;
const send: Send = (json) => answer(api.organisation.$patch({ json }, command()));

/** Settings as the reply says they are instead; `null` where it says nothing of the kind. */
const presentOf = ({ slug, extensions }: ApiProblem): PresentOrganisation | null =>
  slug === 'stale' ? (presentOrganisation.safeParse(extensions.present).data ?? null) : null;

export class OrganisationPage {
  readonly stored: Loaded<OrganisationSettings>;
  readonly #send: Send;
  #edits = $state.raw<Partial<Settings>>({});
  #problem = $state.raw<ApiProblem | null>(null);
  #meanwhile = $state.raw<Meanwhile | null>(null);
  #saved = $state.raw<Saved | null>(null);
  #isSaving = $state(false);

  constructor(read = () => answer(api.organisation.$get()), write = send) {
    this.stored = new Loaded(read);
    this.#send = write;
  }

  /** As stored, with what was changed here. Ask only once it is loaded. */
  get shown(): Settings {
    const { value } = this.stored;
    if (!value) throw new Error('settings that are not loaded');
    return { ...value, ...this.#edits };
  }

  /** What was changed and is not saved. */
  get changed(): readonly SettingName[] {
    return settingNames.filter((name) => name in this.#edits);
  }

  /** Why the last try failed. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  get meanwhile(): Meanwhile | null {
    return this.#meanwhile;
  }

  /** What was saved last; empty once something is changed again. */
  get saved(): readonly SettingName[] {
    return this.changed.length === 0 ? (this.#saved?.names ?? []) : [];
  }

  get isSaving(): boolean {
    return this.#isSaving;
  }

  change<Name extends SettingName>(name: Name, value: Settings[Name]): void {
    const { [name]: _, ...others } = this.#edits;
    this.#edits = this.stored.value?.[name] === value ? others : { ...others, [name]: value };
    this.#saved = null;
  }

  /** @returns whether it was stored */
  async save(): Promise<boolean> {
    const stored = this.stored.value;
    if (!stored || this.#isSaving || this.changed.length === 0) return false;
    this.#isSaving = true;
    try {
      return await this.#store(stored, this.#edits);
    } finally {
      this.#isSaving = false;
    }
  }

  /** Brings back what the last save changed, unless it was changed again. @returns whether it was stored */
  undo(): Promise<boolean> {
    const { names, before } = this.#saved ?? { names: [], before: this.shown };
    this.#edits = Object.fromEntries(names.map((name) => [name, before[name]]));
    return this.save();
  }

  /** One's own over what somebody else has changed. */
  keepMine(): Promise<boolean> {
    this.#settle();
    return this.save();
  }

  /** What somebody else has changed; what only oneself changed is still to be saved. */
  takeTheirs(): void {
    const names = this.#settle();
    this.#edits = Object.fromEntries(Object.entries(this.#edits).filter(([name]) => !names.has(name)));
  }

  #settle(): Set<string> {
    const { theirs, names } = this.#meanwhile ?? { theirs: null, names: [] };
    if (theirs) this.stored.take(theirs);
    this.#meanwhile = null;
    this.#problem = null;
    return new Set(names);
  }

  async #store(over: OrganisationSettings, edits: Partial<Settings>): Promise<boolean> {
    try {
      const now = await this.#send({ ...edits, revision: over.revision });
      this.stored.take(now);
      this.#saved = { names: settingNames.filter((name) => name in edits), before: over };
      this.#edits = {};
      this.#problem = null;
      this.#meanwhile = null;
      return true;
    } catch (error) {
      const problem = asProblem(error);
      const present = presentOf(problem);
      if (present) return this.#learn(over, edits, present);
      this.#problem = problem;
      return false;
    }
  }

  /** Others' changes of other settings stand beside one's own; of the same ones the person says which. */
  async #learn(
    over: OrganisationSettings,
    edits: Partial<Settings>,
    { settings: theirs, byName }: PresentOrganisation,
  ): Promise<boolean> {
    const names = settingNames.filter(
      (name) => name in edits && theirs[name] !== over[name] && theirs[name] !== edits[name],
    );
    if (names.length === 0) {
      this.stored.take(theirs);
      return this.#store(theirs, edits);
    }
    this.#meanwhile = { byName, names, theirs };
    return false;
  }
}
