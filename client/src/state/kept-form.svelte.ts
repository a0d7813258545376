// What is typed into a new calibration, kept in this tab until it is created or given up: a reload, or signing in again in
// between, loses nothing.
import { emptyForm, type SettingsForm } from '../lib/settings-form.ts';

const place = 'attune:new-calibration';
/** Larger than any form of sense; storage that is full must not break typing. */
const mostCharacters = 1_000_000;

/** The form as it was kept, every field of the right kind; an empty one where there is none. */
export function readKept(text: string | null): SettingsForm {
  const empty = emptyForm();
  if (text === null) return empty;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null) return empty;
    const { questionIds, ...fields } = kept as Record<string, unknown>;
    const known = Object.entries(empty).filter(([name, value]) => typeof value === typeof fields[name]);
    const ids = Array.isArray(questionIds) && questionIds.every((id) => typeof id === 'string');
    return {
      ...empty,
      ...Object.fromEntries(known.map(([name]) => [name, fields[name]])),
      questionIds: ids ? (questionIds as string[]) : null,
    };
  } catch {
    return empty;
  }
}

export class KeptForm {
  form = $state<SettingsForm>(emptyForm());
  #isForgotten = false;

  constructor() {
    this.form = readKept(sessionStorage.getItem(place));
  }

  /** Keeps it as it stands; reads every field, so that an effect runs it after each change. */
  keep(): void {
    const text = JSON.stringify(this.form);
    if (this.#isForgotten || text.length > mostCharacters) return;
    if (text === JSON.stringify(emptyForm())) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, text);
  }

  /** Nothing of it is wanted any more. */
  forget(): void {
    this.#isForgotten = true;
    sessionStorage.removeItem(place);
  }
}
