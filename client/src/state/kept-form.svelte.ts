// What is typed into a calibration's settings, kept in this tab until it is sent or given up: a reload, another page, or
// signing in again in between, loses nothing.
import { emptyForm, type SettingsForm } from '../lib/settings-form.ts';

const newCalibration = 'attune:new-calibration';
const placeOf = (sessionId: string) => `attune:settings:${sessionId}`;
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
  readonly #place: string;
  readonly #untouched: string;
  #isForgotten = false;

  /** @param of the session whose settings are changed, with them as they stand; absent for a new one */
  constructor(of?: { readonly sessionId: string; readonly form: SettingsForm }) {
    this.#place = of ? placeOf(of.sessionId) : newCalibration;
    this.#untouched = JSON.stringify(of?.form ?? emptyForm());
    const text = sessionStorage.getItem(this.#place);
    this.form = text === null && of ? of.form : readKept(text);
  }

  /** Whether changes to the settings of this session were typed here and neither sent nor given up. */
  static has(sessionId: string): boolean {
    return sessionStorage.getItem(placeOf(sessionId)) !== null;
  }

  /** Keeps it as it stands; reads every field, so that an effect runs it after each change. */
  keep(): void {
    const text = JSON.stringify(this.form);
    if (this.#isForgotten || text.length > mostCharacters) return;
    if (text === this.#untouched) sessionStorage.removeItem(this.#place);
    else sessionStorage.setItem(this.#place, text);
  }

  /** Nothing of it is wanted any more. */
  forget(): void {
    this.#isForgotten = true;
    sessionStorage.removeItem(this.#place);
  }
}
