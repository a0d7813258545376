// What a test says on a bare socket: messages made by hand, and how the server closes whoever sends them.
import { noteKey, syncMessage, syncStep } from '@attune/contract';
import * as encoding from 'lib0/encoding';
import WebSocket from 'ws';
import * as Y from 'yjs';
import type { Person } from './people.ts';
import { until } from './rooms.ts';

/** A message: numbers as variable-length integers, bytes with their length before them. */
export function frame(...parts: readonly (number | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
}

const update = syncStep.update;
/** A Yjs update as a document message. */
export const updateFrame = (bytes: Uint8Array): Uint8Array => frame(syncMessage.sync, update, bytes);

/** The bytes of one edit, made on a document of its own. */
export function edited(edit: (doc: Y.Doc) => void, clientId?: number): Uint8Array {
  const doc = new Y.Doc();
  if (clientId !== undefined) doc.clientID = clientId;
  doc.transact(() => edit(doc));
  return Y.encodeStateAsUpdate(doc);
}

/** Puts so many quotes into one another in the note of question 1. */
export const nested = (levels: number) => (doc: Y.Doc) => {
  let at: Y.XmlFragment | Y.XmlElement = doc.getXmlFragment(noteKey('q1'));
  for (let level = 0; level < levels; level += 1) {
    const child = new Y.XmlElement('blockquote');
    at.insert(0, [child]);
    at = child;
  }
};

/** Says something on a socket of one's own once the room has answered, and tells with which code that was closed. */
export async function closedBy(
  url: string,
  room: string,
  person: Person,
  say: (socket: WebSocket) => void,
): Promise<number> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/sync/${room}`, {
    headers: { Cookie: person.cookie, Origin: url },
  });
  let code = 0;
  let isIn = false;
  socket.on('message', () => {
    isIn = true;
  });
  socket.on('close', (why) => {
    code = why;
  });
  socket.on('error', () => {});
  await until('the room answers', () => isIn || code !== 0);
  say(socket);
  await until('the socket is closed', () => code !== 0);
  return code;
}
