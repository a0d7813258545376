// What this browser keeps until it is saved or the person signs out: work on a draft that the server does not have yet.

const prefix = 'attune.';

/** Keeps what JSON can say. @returns whether it is kept: storage may be blocked or full */
export function keep(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** What was kept, `null` for nothing or for what `isRight` does not know. */
export function kept<T>(name: string, isRight: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(prefix + name) ?? 'null');
    return isRight(value) ? value : null;
  } catch {
    return null;
  }
}

/** The names of what was kept that begin so. */
export function namesOf(beginning: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(prefix + beginning))
      .map((name) => name.slice(prefix.length));
  } catch {
    return [];
  }
}

/** Forgets what was kept under this name. */
export function drop(name: string): void {
  try {
    localStorage.removeItem(prefix + name);
  } catch {
    // Then nothing was kept.
  }
}

/** Forgets everything whose name begins so. */
export function dropAll(beginning: string): void {
  for (const name of namesOf(beginning)) drop(name);
}
