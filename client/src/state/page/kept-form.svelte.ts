// What is typed into a calibration's settings, kept in this tab until it is sent or given up: a reload, another page, or
// signing in again in between, loses nothing.
import { formName } from '../../lib/drafts.ts';
import { ownTab } from '../../lib/own-tab.ts';
import { changedFields, emptyForm, type SettingsForm } from '../../lib/settings-form.ts';
import { forget, recall, remember } from '../../lib/tab-memory.ts';

/** Named by the tab's person: nobody goes on with what another typed. */
const placeOf = (sessionId: string | undefined) => formName(ownTab.person?.id ?? '', sessionId);
/** Larger than any form of sense. */
const mostCharacters = 1_000_000;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string';

/** A form from what was kept. A field that is missing there, or of the wrong type, keeps its initial value. */
function readKept({ questionIds, ...fields }: Fields, before: SettingsForm): SettingsForm {
  const known = Object.entries(before).filter(([name, value]) => typeof value === typeof fields[name]);
  const isSubset = Array.isArray(questionIds) && questionIds.every(isText);
  return {
    ...before,
    ...Object.fromEntries(known.map(([name]) => [name, fields[name]])),
    questionIds: questionIds === null || isSubset ? questionIds : before.questionIds,
  };
}

export class KeptForm {
  form = $state<SettingsForm>(emptyForm());
  readonly #place: string;
  /** The form before anything was typed. */
  readonly untouched: SettingsForm;
  #isForgotten = false;

  /**
   * @param of the session whose settings are changed, absent for a new one, with them as they stand, and as the form begins where
   *   that is not the same
   */
  constructor(of?: {
    readonly sessionId?: string;
    readonly form: SettingsForm;
    readonly begun?: SettingsForm;
  }) {
    this.#place = placeOf(of?.sessionId);
    this.untouched = of?.form ?? emptyForm();
    const kept = recall(this.#place, isFields);
    const begun = of?.begun ?? this.untouched;
    this.form = kept ? readKept(kept, begun) : { ...begun };
  }

  /** Whether changes to the settings of this session were typed here and neither sent nor given up. */
  static has(sessionId: string): boolean {
    return recall(placeOf(sessionId), isFields) !== null;
  }

  /** Keeps what was changed, the rest being the draft's; reads every field, so that an effect runs it after each change. */
  keep(): void {
    const changed = changedFields(this.form, this.untouched);
    const size = JSON.stringify(changed).length;
    if (this.#isForgotten || size > mostCharacters) return;
    if (Object.keys(changed).length === 0) forget(this.#place);
    else remember(this.#place, changed);
  }

  /** Nothing of it is wanted any more. */
  forget(): void {
    this.#isForgotten = true;
    forget(this.#place);
  }
}
