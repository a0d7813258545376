// What a document update must be before it may touch a document (live.md 2). Everything here reads bytes and counts; nothing
// changes a document. Yjs applied unread can block the loop for fractions of a second on seven bytes.
import { type CloseReason, isSealedDocumentKey, notesDepthLimit, questionOfNoteKey } from '@attune/contract';
import { isNoteElement, isNoteMark } from '@attune/contract/notes-schema';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

/** Most structs and deleted ranges one message may carry: some 20 ms of work. A long paste has a thousand. */
export const structLimit = 10_000;
const largestClock = 2 ** 31;
/** Deepest nesting of a plain value: an answer needs two levels, a mark's attributes one. */
const valueDepthLimit = 8;

export interface CheckedUpdate {
  /** Nothing in it: the stock provider's answer to our sync step 1 when it has nothing new. */
  readonly empty: boolean;
  /** First and end clock of the structs, by client id. */
  readonly ranges: ReadonlyMap<number, { readonly from: number; readonly to: number }>;
  /** Deleted clocks, by client id. */
  readonly deletions: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>;
  /** End of the clocks it builds on or deletes, by client id. */
  readonly needs: ReadonlyMap<number, number>;
  /** Its own structs have holes. */
  readonly hasHoles: boolean;
}

type Kind = 'sealed' | 'notes';

/** Decodes lazily and checks sizes and content; a close reason where it must not be applied. */
export function readUpdate(update: Uint8Array, kind: Kind): CheckedUpdate | CloseReason {
  let decoded: ReturnType<typeof Y.decodeUpdate>;
  try {
    if (promisesTooMuch(update)) return 'malformed';
    decoded = Y.decodeUpdate(update);
  } catch {
    return 'malformed';
  }
  const { structs, ds } = decoded;
  const deletedRanges = [...ds.clients.values()].reduce((total, ranges) => total + ranges.length, 0);
  if (structs.length > structLimit || deletedRanges > structLimit) return 'malformed';
  const ranges = new Map<number, { from: number; to: number }>();
  const needs = new Map<number, number>();
  const need = (client: number, end: number) => needs.set(client, Math.max(needs.get(client) ?? 0, end));
  let hasHoles = false;
  const depths = new Depths();
  for (const struct of structs) {
    const { client, clock } = struct.id;
    const end = clock + struct.length;
    if (end > largestClock || !Number.isSafeInteger(client)) return 'malformed';
    if (struct instanceof Y.Item) {
      if (!isAllowed(struct, kind) || depths.of(struct) > notesDepthLimit + 1) return 'malformed';
      for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
        if (id instanceof Y.ID) need(id.client, id.clock + 1);
      }
    } else if (struct instanceof Y.Skip) hasHoles = true;
    const known = ranges.get(client);
    ranges.set(client, { from: Math.min(known?.from ?? clock, clock), to: Math.max(known?.to ?? end, end) });
  }
  for (const [client, deleted] of ds.clients) {
    for (const { clock, len } of deleted) {
      if (clock + len > largestClock) return 'malformed';
      need(client, clock + len);
    }
  }
  const empty = structs.length === 0 && deletedRanges === 0;
  return { empty, ranges, deletions: ds.clients, needs, hasHoles };
}

/** How deep structs of one update lie within it, at least: so that a tower of them is never built. */
class Depths {
  readonly #known = new Map<string, number>();

  of({ id, parent, origin, length }: Y.Item): number {
    // While it is only decoded, a parent is a name, an id, or what the neighbour has.
    const found: unknown = parent;
    const depth =
      found instanceof Y.ID ? this.#at(found) + 1 : found === null && origin ? this.#at(origin) : 1;
    this.#known.set(`${id.client} ${id.clock}`, depth);
    if (length > 1) this.#known.set(`${id.client} ${id.clock + length - 1}`, depth);
    return depth;
  }

  #at({ client, clock }: Y.ID): number {
    return this.#known.get(`${client} ${clock}`) ?? 1;
  }
}

/** Whether the number of structs written before the first of them is above the limit: then none is read. */
function promisesTooMuch(update: Uint8Array): boolean {
  const decoder = decoding.createDecoder(update);
  const clients = decoding.readVarUint(decoder);
  return clients > structLimit || (clients > 0 && decoding.readVarUint(decoder) > structLimit);
}

/** Sealed documents have top-level types alone; both have no subdocuments and no names outside their layout. */
function isAllowed(item: Y.Item, kind: Kind): boolean {
  const { content } = item;
  if (content instanceof Y.ContentDoc || content instanceof Y.ContentBinary) return false;
  if (kind === 'sealed' && (content instanceof Y.ContentType || item.parent instanceof Y.ID)) return false;
  if (hasOddValue(content)) return false;
  // While it is only decoded, an item's parent is the top-level name, or an id, or unknown.
  const parent: unknown = item.parent;
  if (typeof parent !== 'string') return true;
  return kind === 'sealed' ? isSealedDocumentKey(parent) : questionOfNoteKey(parent) !== null;
}

/**
 * Whether a value within is nested too deep to be walked safely, or not plain: bytes, or an object that was sent a prototype
 * (`__proto__`), which would be read as if it had what it inherits. Iterative, for the same reason.
 */
function hasOddValue(content: unknown): boolean {
  let level: unknown[] = [];
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) level = content.arr;
  else if (content instanceof Y.ContentEmbed) level = [content.embed];
  else if (content instanceof Y.ContentFormat) level = [content.value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > valueDepthLimit) return true;
    const objects = level.filter((value) => typeof value === 'object' && value !== null);
    if (!objects.every(isPlain)) return true;
    level = objects.flatMap((value) => Object.values(value));
  }
  return false;
}

const isPlain = (value: object) => [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value));

/** Whether it builds on what the document does not have: it would have to be kept waiting. */
export function hasGap(doc: Y.Doc, { ranges, needs, hasHoles }: CheckedUpdate): boolean {
  if (hasHoles) return true;
  const known = (client: number) => Y.getState(doc.store, client);
  return (
    [...ranges].some(([client, { from }]) => from > known(client)) ||
    [...needs].some(([client, end]) => end > Math.max(known(client), ranges.get(client)?.to ?? 0))
  );
}

/**
 * Whether the document has all of it already. A sync step 2 always carries every deletion its sender knows, so that one who
 * may no longer write still sends some at each return.
 */
export function isKnown(doc: Y.Doc, { ranges, deletions }: CheckedUpdate): boolean {
  if ([...ranges].some(([client, { to }]) => to > Y.getState(doc.store, client))) return false;
  if (deletions.size === 0) return true;
  const deleted = Y.createDeleteSetFromStructStore(doc.store).clients;
  return [...deletions].every(([client, wanted]) =>
    wanted.every(({ clock, len }) =>
      deleted.get(client)?.some((range) => range.clock <= clock && clock + len <= range.clock + range.len),
    ),
  );
}

/** Client ids with structs the document does not have yet. */
export function writersOf(doc: Y.Doc, { ranges }: CheckedUpdate): number[] {
  return [...ranges]
    .filter(([client, { to }]) => to > Y.getState(doc.store, client))
    .map(([client]) => client);
}

/**
 * Whether anything new in a notes document is what no editor writes: deeper than the limit, or other than elements, texts and
 * marks of the schema. One such thing would keep the note from being read, and the session from being resolved. Asked after
 * the apply, since an update alone does not say where its parts go.
 */
export function isNoNote(doc: Y.Doc, { ranges }: CheckedUpdate): boolean {
  for (const [client, { from, to }] of ranges) {
    const structs = doc.store.clients.get(client) ?? [];
    for (let index = Y.findIndexSS(structs, from); index < structs.length; index += 1) {
      const struct = structs[index];
      if (!struct || struct.id.clock >= to) break;
      if (struct instanceof Y.Item && (isTooDeep(struct) || !(struct.deleted || isOfNote(struct))))
        return true;
    }
  }
  return false;
}

/** Iterative: depth 20,000 must not end the stack. */
function isTooDeep(item: Y.Item): boolean {
  let depth = 0;
  for (let at: Y.Item | null = item; at && depth <= notesDepthLimit; depth += 1) {
    const parent: unknown = at.parent;
    at = parent instanceof Y.AbstractType ? parent._item : null;
  }
  return depth > notesDepthLimit;
}

function isOfNote({ parent, parentSub, content }: Y.Item): boolean {
  const type: unknown = content instanceof Y.ContentType ? content.type : null;
  const isElement = type instanceof Y.XmlElement && isNoteElement(type.nodeName);
  if (!(parent instanceof Y.AbstractType)) return false;
  // The note itself, which may not have been asked for as what it is.
  if (parent._item === null) return parentSub === null && isElement;
  if (parent instanceof Y.XmlText) {
    if (parentSub !== null) return false;
    if (content instanceof Y.ContentFormat) return isNoteMark(content.key, content.value);
    return content instanceof Y.ContentString;
  }
  if (!(parent instanceof Y.XmlElement)) return false;
  return parentSub === null ? isElement || type instanceof Y.XmlText : content instanceof Y.ContentAny;
}
