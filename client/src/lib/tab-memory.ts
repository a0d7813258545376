// Small things that this tab keeps through a reload, and forgets when it is closed. Nothing of anybody's answers.

const prefix = 'attune.';

/** Keeps a value; where storage is blocked it is forgotten at the next reload. */
export function remember(name: string, value: boolean | number | string): void {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // Storage is blocked.
  }
}

/** What was kept, `null` for nothing or for what `isRight` does not know. */
export function recall<T>(name: string, isRight: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(prefix + name) ?? 'null');
    return isRight(value) ? value : null;
  } catch {
    return null;
  }
}
