// In which encoding a text file was saved: as the usual programs save them. Knows bytes alone, and reads them in pieces.

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Looks at a file piece by piece, and says at its end what it is. */
export class EncodingLook {
  #head = new Uint8Array(0);
  #utf8: TextDecoder | null = new TextDecoder('utf-8', { fatal: true });
  #zeros = 0;

  add(piece: Uint8Array): void {
    if (this.#head.length < headBytes) this.#head = joined(this.#head, piece).slice(0, headBytes);
    for (let at = piece.indexOf(0); at !== -1; at = piece.indexOf(0, at + 1)) this.#zeros += 1;
    this.#try(piece, true);
  }

  /** @returns `null` where it is no text */
  end(): Encoding | null {
    const [first, second] = this.#head;
    if (first === 0xff && second === 0xfe) return 'utf-16le';
    if (first === 0xfe && second === 0xff) return 'utf-16be';
    if (this.#zeros > 0) return zerosAtOdd(this.#head) ? 'utf-16le' : null;
    // A spreadsheet's own file, which is an archive.
    if (startsWith(this.#head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(this.#head, [0xd0, 0xcf, 0x11, 0xe0]))
      return null;
    this.#try(new Uint8Array(0), false);
    return this.#utf8 ? 'utf-8' : 'windows-1252';
  }

  #try(piece: Uint8Array, stream: boolean): void {
    try {
      this.#utf8?.decode(piece, { stream });
    } catch {
      this.#utf8 = null;
    }
  }
}

const headBytes = 4_096;

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

const startsWith = (bytes: Uint8Array, signature: readonly number[]) =>
  signature.every((byte, at) => bytes[at] === byte);

/** Whether Latin text of two bytes a character, without a mark: every other byte is nothing. */
function zerosAtOdd(head: Uint8Array): boolean {
  let [even, odd] = [0, 0];
  for (const [at, byte] of head.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  return odd > head.length / 4 && even < odd / 4;
}

/** The text of the pieces, without its byte-order mark. */
export async function* decoded(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces) {
    const text = decoder.decode(piece, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
