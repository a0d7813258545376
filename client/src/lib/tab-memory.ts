// What this tab keeps through a reload, and forgets when it is closed. Nothing of anybody's answers.

const prefix = 'attune.';

/** Keeps what JSON can say; where storage is blocked or full it is forgotten at the next reload. */
export function remember(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // Nothing that anybody could do about it now.
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

export function forget(name: string): void {
  try {
    sessionStorage.removeItem(prefix + name);
  } catch {
    // Then nothing was kept.
  }
}

/** Forgets everything whose name begins so. */
export function forgetAll(beginning: string): void {
  try {
    const names = Object.keys(sessionStorage).filter((name) => name.startsWith(prefix + beginning));
    for (const name of names) sessionStorage.removeItem(name);
  } catch {
    // Then nothing was kept.
  }
}
