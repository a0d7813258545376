import { syncMessage } from '@attune/contract';
import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import './awareness.ts';
import { framed, Provider } from './provider.ts';

/** A socket whose other end is the test. */
class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  binaryType = '';
  readonly sent: Uint8Array[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;

  readonly url: string;

  constructor(url: string) {
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(frame: Uint8Array): void {
    this.sent.push(frame);
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
  }

  hear(frame: Uint8Array): void {
    this.onmessage?.({ data: new Uint8Array(frame).buffer });
  }

  /** The first two numbers of each frame sent: its type, and of a sync message its step. */
  get kinds(): string[] {
    return this.sent.map(([type, step]) => (type === syncMessage.sync ? `${type}/${step}` : `${type}`));
  }
}

const update = (write: (doc: Y.Doc) => void): Uint8Array => {
  const doc = new Y.Doc();
  write(doc);
  return Y.encodeStateAsUpdate(doc);
};

function open() {
  const doc = new Y.Doc();
  const heard: string[] = [];
  const provider = new Provider('ws://attune.test/sync/room', doc, {
    opened: () => heard.push('opened'),
    synced: (isSynced) => heard.push(isSynced ? 'synced' : 'apart'),
    closed: (code, reason) => heard.push(`closed ${code} ${reason}`),
    sent: () => {},
    other: (type) => heard.push(`other ${type}`),
  });
  provider.connect();
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error('nothing was opened');
  return { doc, provider, socket, heard };
}

beforeEach(() => {
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a document’s socket', () => {
  it('[X3] tells its owner first, then asks for what it does not have', () => {
    const { socket, heard } = open();
    socket.open();
    expect(heard).toEqual(['opened']);
    expect(socket.kinds).toEqual(['0/0']);
  });

  it('[X3] sends what is typed here, and nothing back of what came from the server', () => {
    const { doc, socket, heard } = open();
    socket.open();
    const theirs = new Y.Doc();
    theirs.getText('a').insert(0, 'there');
    socket.hear(framed(syncMessage.sync, (encoder) => writeSyncStep2(encoder, theirs)));
    expect(heard).toEqual(['opened', 'synced']);
    const more = update((one) => one.getText('b').insert(0, 'more'));
    socket.hear(framed(syncMessage.sync, (encoder) => writeUpdate(encoder, more)));
    expect([doc.getText('a').toString(), doc.getText('b').toString()]).toEqual(['there', 'more']);
    expect(socket.kinds).toEqual(['0/0']);
    doc.getText('a').insert(0, 'here ');
    expect(socket.kinds).toEqual(['0/0', '0/2']);
  });

  it('[X3] answers the server’s question with everything typed while apart', () => {
    const { doc, socket } = open();
    doc.getText('a').insert(0, 'apart');
    socket.open();
    socket.hear(framed(syncMessage.sync, (encoder) => writeSyncStep1(encoder, new Y.Doc())));
    expect(socket.kinds).toEqual(['0/0', '0/1']);
    const decoder = decoding.createDecoder(socket.sent[1] ?? new Uint8Array());
    decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, decoding.readVarUint8Array(decoder));
    expect(copy.getText('a').toString()).toBe('apart');
  });

  it('[X3] gives a socket up that has been silent for 30 s, and takes no late word of it', () => {
    const { provider, socket, heard } = open();
    socket.open();
    const { onclose } = socket;
    vi.advanceTimersByTime(29_000);
    socket.hear(framed(syncMessage.awareness));
    vi.advanceTimersByTime(29_000);
    expect(heard).toEqual(['opened']);
    vi.advanceTimersByTime(6_000);
    expect(heard.at(-1)).toBe('closed null ');
    expect(socket.onclose).toBeNull();
    expect(onclose).not.toBeNull();
    provider.connect();
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('[X3] says why the server closed, and comes again only when told', () => {
    const { provider, socket, heard } = open();
    socket.open();
    socket.onclose?.({ code: 4403, reason: 'You no longer have access here.' });
    vi.advanceTimersByTime(120_000);
    expect(heard).toEqual(['opened', 'closed 4403 You no longer have access here.']);
    expect(FakeSocket.all).toHaveLength(1);
    provider.connect();
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('[X3] hands on what is not Yjs’s, and connects once however often it is asked', () => {
    const { provider, socket, heard } = open();
    provider.connect();
    socket.open();
    provider.connect();
    socket.hear(framed(101));
    expect(heard).toEqual(['opened', 'other 101']);
    expect(FakeSocket.all).toHaveLength(1);
  });
});

describe('who else is in the room', () => {
  it('[C9] is asked for when someone wants to know, and oneself is told', () => {
    const { provider, socket } = open();
    socket.open();
    expect(socket.kinds).toEqual(['0/0']);
    expect(provider.awareness.clientID).toBe(provider.doc.clientID);
    expect(socket.kinds).toEqual(['0/0', '1', '3']);
  });

  it('[C9] is forgotten with the connection, but not oneself', () => {
    const { provider, socket } = open();
    const { awareness } = provider;
    socket.open();
    expect(socket.kinds).toEqual(['0/0', '1']);
    awareness.states.set(7, { user: 'Ana' });
    provider.disconnect();
    expect([...awareness.getStates().keys()]).toEqual([provider.doc.clientID]);
    expect(socket.kinds).toEqual(['0/0', '1', '1']);
  });
});
