// Values by a key that several share: everyone of a session, every socket of a sign-in. Finding a group costs nothing of the others.

const none: ReadonlySet<never> = new Set<never>();

export class Groups<Key, Value> {
  readonly #groups = new Map<Key, Set<Value>>();

  add(key: Key, value: Value): void {
    const group = this.#groups.get(key);
    if (group) group.add(value);
    else this.#groups.set(key, new Set([value]));
  }

  delete(key: Key, value: Value): void {
    const group = this.#groups.get(key);
    if (group?.delete(value) && group.size === 0) this.#groups.delete(key);
  }

  /** The key's group as it is now; may lose members while it is walked. */
  of(key: Key): ReadonlySet<Value> {
    return this.#groups.get(key) ?? none;
  }

  /** Groups that have somebody. */
  get size(): number {
    return this.#groups.size;
  }
}
