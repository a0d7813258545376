// What was, what is, and what was undone: undo and redo over whole values, which never change themselves. Pure.

/** How long typing in one field may pause and still be one step. */
const pauseMs = 1_500;
/** Steps that can be undone. */
const mostSteps = 200;

/** A value that another one took the place of, and what was in hand when it did. */
interface Step<T> {
  readonly value: T;
  readonly at: string;
}

export interface History<T> {
  readonly past: readonly Step<T>[];
  readonly present: T;
  readonly future: readonly Step<T>[];
  /** The field typed in, and when last; `null` after anything else. */
  readonly typing: { readonly field: string; readonly when: number } | null;
}

export const historyOf = <T>(present: T): History<T> => ({ past: [], present, future: [], typing: null });

interface Made {
  /** What is in hand: undoing leads back to it. */
  readonly at: string;
  /** Names the field where it is typing, which is one step for as long as it goes on. */
  readonly field?: string;
  /** Milliseconds. */
  readonly when: number;
}

/** The next value; what had been undone is gone. */
export function changed<T>(history: History<T>, value: T, { at, field, when }: Made): History<T> {
  if (value === history.present) return history;
  const { typing, past, present } = history;
  const goesOn = field !== undefined && typing?.field === field && when - typing.when <= pauseMs;
  return {
    past: goesOn ? past : [...past, { value: present, at }].slice(-mostSteps),
    present: value,
    future: [],
    typing: field === undefined ? null : { field, when },
  };
}

/** Every value, also what can be undone to or redone, as something else: what came from outside is in each of them. */
export function mapped<T>({ past, present, future, typing }: History<T>, map: (value: T) => T): History<T> {
  const step = ({ value, at }: Step<T>) => ({ value: map(value), at });
  return { past: past.map(step), present: map(present), future: future.map(step), typing };
}

/** What comes next is a step of its own. */
export const paused = <T>(history: History<T>): History<T> => ({ ...history, typing: null });

/** One step back. @returns the history, and what was in hand when that step was made; `null` where there is none */
export function undone<T>({ past, present, future }: History<T>): [History<T>, string] | null {
  const step = past.at(-1);
  if (!step) return null;
  const { value, at } = step;
  return [
    { past: past.slice(0, -1), present: value, future: [{ value: present, at }, ...future], typing: null },
    at,
  ];
}

/** One step forward again. */
export function redone<T>({ past, present, future }: History<T>): [History<T>, string] | null {
  const [step, ...rest] = future;
  if (!step) return null;
  const { value, at } = step;
  return [{ past: [...past, { value: present, at }], present: value, future: rest, typing: null }, at];
}
