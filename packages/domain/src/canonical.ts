// Canonical bytes: what is hashed, and how hashes are written. The same value gives the same bytes everywhere.

/**
 * The canonical form of a JSON value: RFC 8785 (JCS), keys sorted by UTF-16 code units, numbers as ECMAScript writes them.
 * `undefined` members are left out, as `JSON.stringify` leaves them out.
 *
 * @throws {TypeError} for what JSON cannot say: NaN, infinities, big integers, functions, dates, maps, lone surrogates
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('a number that JSON cannot say');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalJson(item ?? null)).join(',')}]`;
  // A date or a map would come out as {}, and prove nothing.
  if (typeof value === 'object' && Object.prototype.toString.call(value) === '[object Object]') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
      .map(([key, member]) => `${canonicalString(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`a ${typeof value} that JSON cannot say`);
}

function canonicalString(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('a lone surrogate, which no encoding can say');
  return JSON.stringify(text);
}

export const encode = (text: string) => new TextEncoder().encode(text);

/** Bytes of a tag, a zero byte, then the content: no two purposes ever hash the same bytes. */
export function domainSeparated(tag: string, ...content: readonly Uint8Array[]): Uint8Array {
  const parts = [encode(tag), new Uint8Array(1), ...content];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** @throws {RangeError} for what is not hexadecimal */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new RangeError('not hexadecimal');
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Whether two values are the same JSON; members that are `undefined` are none. */
export const isSame = (one: unknown, other: unknown): boolean =>
  isAlike(one, other, (left, right) => left === right);

/** The same, with a word of the caller's on when two numbers are. */
export function isAlike(
  one: unknown,
  other: unknown,
  areNumbersAlike: (one: number, other: number) => boolean,
): boolean {
  if (typeof one === 'number' && typeof other === 'number') return areNumbersAlike(one, other);
  // What two versions share needs no second look.
  if (one === other) return true;
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => isAlike(item, other[index], areNumbersAlike))
    );
  if (!isFields(one) || !isFields(other)) return one === other;
  for (const name of Object.keys(one)) if (!isAlike(one[name], other[name], areNumbersAlike)) return false;
  for (const name of Object.keys(other))
    if (other[name] !== undefined && one[name] === undefined) return false;
  return true;
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
