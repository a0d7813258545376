import { encodeMessage, messageType, syncMessage } from '@attune/contract';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeAwarenessUpdate } from 'y-protocols/awareness';
import { writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { Room, type RoomHandlers } from './room.svelte.ts';

/** A socket whose other end is the test. */
class FakeSocket {
  static all: FakeSocket[] = [];
  static get last(): FakeSocket {
    const last = FakeSocket.all.at(-1);
    if (!last) throw new Error('nothing was opened');
    return last;
  }

  readonly OPEN = 1;
  readyState = 0;
  binaryType = '';
  readonly frames: Uint8Array[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(frame: Uint8Array): void {
    this.frames.push(frame);
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  hear(frame: Uint8Array): void {
    this.onmessage?.({ data: new Uint8Array(frame).buffer });
  }

  drop(code: number, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  /** The first two numbers of each frame sent: its type, and of a sync message its step. */
  get kinds(): string[] {
    return this.frames.map(([type, step]) => (type === syncMessage.sync ? `${type}/${step}` : `${type}`));
  }
}

function framed(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

const rooms: Room[] = [];

function open(handlers: RoomHandlers = {}, name = 'meeting/1') {
  const doc = new Y.Doc();
  const room = new Room(name, doc, handlers);
  rooms.push(room);
  room.link.start();
  return { doc, room, socket: FakeSocket.last };
}

/** A room whose document has met an empty one on the server, which has stored what was sent. */
function live(handlers: RoomHandlers = {}) {
  const opened = open(handlers);
  const { socket } = opened;
  socket.open();
  socket.hear(framed(syncMessage.sync, (encoder) => writeSyncStep1(encoder, new Y.Doc())));
  socket.hear(framed(syncMessage.sync, (encoder) => writeSyncStep2(encoder, new Y.Doc())));
  socket.hear(encodeMessage(messageType.saved, { count: 1 }));
  return opened;
}

beforeEach(() => {
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('location', { origin: 'https://attune.test' });
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
  vi.stubGlobal('document', { addEventListener: () => {}, removeEventListener: () => {} });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  vi.useFakeTimers();
});

afterEach(() => {
  for (const room of rooms.splice(0)) {
    room.destroy();
    room.doc.destroy();
  }
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a live room', () => {
  it('[live 1] says hello first, then asks for what it does not have', () => {
    const { socket } = open();
    expect(socket.url).toBe('wss://attune.test/sync/meeting/1');
    socket.open();
    expect(socket.kinds).toEqual(['100', '0/0', '1']);
  });

  it('[live 1] never speaks to another tab: each document moves through the server alone', () => {
    const speak = vi.fn();
    vi.stubGlobal(
      'BroadcastChannel',
      class {
        onmessage = null;
        postMessage = speak;
        close() {}
      },
    );
    const [one, other] = [open(), open()];
    one.doc.getText('a').insert(0, 'mine');
    one.room.provider.awareness.setLocalStateField('away', true);
    expect(other.doc.getText('a').toString()).toBe('');
    expect(other.room.provider.awareness.getStates().size).toBe(1);
    expect(speak).not.toHaveBeenCalled();
    // The same test finds a provider that does.
    const docs = [new Y.Doc(), new Y.Doc()];
    const chatty = docs.map((doc) => new WebsocketProvider('wss://attune.test/sync', 'meeting/1', doc));
    docs[0]?.getText('a').insert(0, 'heard');
    expect(docs[1]?.getText('a').toString()).toBe('heard');
    for (const provider of chatty) provider.destroy();
    for (const doc of docs) doc.destroy();
  });

  it('[X3] sends what is typed here, and nothing back of what came from the server', () => {
    const { doc, socket } = live();
    const before = socket.kinds.length;
    const theirs = new Y.Doc();
    theirs.getText('b').insert(0, 'there');
    socket.hear(framed(syncMessage.sync, (encoder) => writeUpdate(encoder, Y.encodeStateAsUpdate(theirs))));
    expect(doc.getText('b').toString()).toBe('there');
    expect(socket.kinds.length).toBe(before);
    doc.getText('a').insert(0, 'here');
    expect(socket.kinds.slice(before)).toEqual(['0/2']);
  });

  it('[C9] tells the server of itself alone, never of those it heard of from there', () => {
    const { room, socket } = live();
    const before = socket.kinds.length;
    const other = open().room.provider.awareness;
    other.setLocalStateField('user', { name: 'Ben' });
    const told = encodeAwarenessUpdate(other, [other.clientID]);
    socket.hear(framed(syncMessage.awareness, (encoder) => encoding.writeVarUint8Array(encoder, told)));
    expect(room.provider.awareness.getStates().get(other.clientID)).toEqual({ user: { name: 'Ben' } });
    expect(socket.kinds.length).toBe(before);
    room.provider.awareness.setLocalStateField('away', true);
    expect(socket.kinds.slice(before)).toEqual(['1']);
  });

  it('[X3] says Saved only when the server has stored as many document messages as were sent', () => {
    const { doc, room, socket } = live();
    expect(room.saveState).toBe('idle');
    doc.getText('a').insert(0, 'one');
    doc.getText('a').insert(0, 'two');
    socket.hear(encodeMessage(messageType.saved, { count: 2 }));
    expect(room.saveState).toBe('saving');
    socket.hear(encodeMessage(messageType.saved, { count: 3 }));
    expect(room.saveState).toBe('saved');
  });

  it('[X3] answers the server’s question with everything typed while apart', () => {
    const { doc, socket } = open();
    doc.getText('a').insert(0, 'apart');
    socket.open();
    socket.hear(framed(syncMessage.sync, (encoder) => writeSyncStep1(encoder, new Y.Doc())));
    const decoder = decoding.createDecoder(socket.frames.at(-1) ?? new Uint8Array());
    expect([decoding.readVarUint(decoder), decoding.readVarUint(decoder)]).toEqual([0, 1]);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, decoding.readVarUint8Array(decoder));
    expect(copy.getText('a').toString()).toBe('apart');
  });

  it('[live 2] comes again by the link’s jitter alone, never by the provider’s own ladder', () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.999);
    const { socket } = live();
    socket.drop(1012);
    // The provider's own would be back after 200 ms; a server that restarts is given up to two seconds.
    vi.advanceTimersByTime(1_900);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(200);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('[live 2] comes again after a connection that this side gave up, and takes no late word of it', () => {
    const { doc, room, socket } = live();
    const { onmessage } = socket;
    room.giveUp();
    expect([socket.readyState, socket.onclose, room.link.isOpen]).toEqual([3, null, false]);
    const theirs = new Y.Doc();
    theirs.getText('a').insert(0, 'late');
    const late = framed(syncMessage.sync, (encoder) => writeUpdate(encoder, Y.encodeStateAsUpdate(theirs)));
    onmessage?.({ data: new Uint8Array(late).buffer });
    expect(doc.getText('a').toString()).toBe('');
    vi.advanceTimersByTime(500);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('[live 2] says why the server closed for good, and stays away until it is started again', () => {
    const { room, socket } = live();
    socket.drop(4403, 'You no longer have access here.');
    vi.advanceTimersByTime(120_000);
    expect(room.endedSentence).toBe('You no longer have access here.');
    expect(FakeSocket.all).toHaveLength(1);
    room.link.start();
    expect(FakeSocket.all).toHaveLength(2);
  });
});

describe('a socket that never opens', () => {
  it('[live 1] is given up after ten seconds; the page says so where the server answers otherwise', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ status: 'alive', door: 'open' })));
    const { room, socket } = open();
    await vi.advanceTimersByTimeAsync(9_900);
    expect([socket.readyState, room.link.hindrance]).toEqual([0, null]);
    await vi.advanceTimersByTimeAsync(200);
    expect([socket.readyState, room.link.hindrance]).toEqual([3, 'barred']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(room.link.hindrance).toBe('barred');
    FakeSocket.last.open();
    expect([room.link.hindrance, room.link.word]).toEqual([null, 'live']);
  });

  it('[live 1] is no fault of the network’s where the server says that many come back at once', async () => {
    let door = 'busy';
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ status: 'alive', door })));
    const { room } = open();
    await vi.advanceTimersByTimeAsync(10_100);
    expect(room.link.hindrance).toBe('busy');
    // Let in meanwhile, and still no socket: then it is the network.
    door = 'open';
    await vi.advanceTimersByTimeAsync(12_000);
    expect(room.link.hindrance).toBe('barred');
  });

  it('[live 1] is no fault of the network’s where the server answers nothing at all', async () => {
    const { room } = open();
    await vi.advanceTimersByTimeAsync(25_000);
    expect([room.link.hindrance, room.link.word]).toEqual([null, 'reconnecting']);
  });
});
