// The hub: rooms by name, each loaded once and put away when nobody is in it; events of the bus turned into new seats and
// numbered changes; liveness; and a good end. It asks the domain through seats and never decides a rule.

import type { Server } from 'node:http';
import {
  type CloseReason,
  encodeMessage,
  messageType,
  type RoomName,
  type SessionSharedPatch,
} from '@attune/contract';
import type { Actor } from '@attune/domain';
import type { WebSocket } from 'ws';
import type { Bus, BusEvent } from '../bus/bus.ts';
import type { SignedIn } from '../caller.ts';
import type { Journal } from '../documents/journal.ts';
import type { Logger } from '../ops/log.ts';
import type { ChangeRead } from '../sessions/change.store.ts';
import { sharedForScreen } from '../sessions/views.ts';
import { Connection } from './connection.ts';
import { Counters } from './counters.ts';
import { Feed } from './feed.ts';
import { Occupant } from './occupant.ts';
import { Registry, type RegistryDeps } from './registry.ts';
import { seatIn } from './seat.ts';
import type { SessionState } from './session-state.ts';
import { attachUpgrade, type UpgradeDeps } from './upgrade.ts';

export interface HubDeps {
  readonly log: Logger;
  readonly bus: Bus;
  readonly publicUrl: string;
  readonly journal: Journal;
  readonly documents: RegistryDeps['documents'] & {
    /** Where a participant's sealed room belongs, also once its document is gone. */
    findSealedRoom(participantId: string): Promise<{ organisationId: string; sessionId: string } | null>;
  };
  readonly sessions: RegistryDeps['sessions'];
  networkOf: UpgradeDeps['networkOf'];
  authenticate(headers: Headers): Promise<SignedIn | null>;
  authenticateDisplay(headers: Headers): Promise<SignedIn | null>;
  readActor(who: SignedIn): Promise<Actor | null>;
  /** When the sign-in ends, as it stands now; `null` for one that is gone. */
  readEnd(who: SignedIn): Promise<string | null>;
  readonly recordProgress: RegistryDeps['recordProgress'];
  /** Keeps that the sign-in opens its person's place in the session, before anything of it is read or written (J2). */
  enterPlace(actor: Actor, who: SignedIn, sessionId: string): Promise<boolean>;
  countUnread(actor: Actor): Promise<number>;
}

export interface Hub {
  attach(server: Server): void;
  /** Sockets connected now. */
  readonly connections: number;
  readonly counters: Counters;
  /** What slow readers of meetings and feeds have not taken yet; sealed sheets are left out, since it is their content. */
  readonly bufferedBytes: number;
  /** What is in memory now. */
  readonly open: { readonly sessions: number; readonly documents: number };
  /** Takes nobody new, stores what is queued, tells everyone to come back, spread over seconds. */
  close(): Promise<void>;
}

const pingMs = 10_000;
const refreshMs = 15_000;
/** How often it is looked whose time is over. */
const expiryMs = 500;
/** Closes are spread, so that not everyone returns at once: a hundredth at a time, or a few; so few as these not at all. */
const closeTickMs = 50;
const fewestATick = 8;
const tooFewToSpread = 40;
/** A process too busy to keep the pace closes the rest at once. */
const longestSpreadMs = 8_000;
const longestGoodbyeMs = 1_000;
const longestFlushMs = 4_000;
/** How long an ended sign-in is remembered: an upgrade that read it as good is over by then. */
const upgradeMemoryMs = 60_000;

const mostEntered = 10_000;
const nobody = { memberId: '', signInId: '', name: '', signedInAt: '' };

/** Someone who has a socket, and perhaps an open room already. */
interface Peer {
  readonly who: SignedIn;
  occupant: Occupant | null;
  /** Their roles or access changed while they came in. */
  isStale: boolean;
  /** When the sign-in ends, in ms since the epoch, as last heard. */
  endsAtMs: number;
}

export function createHub(deps: HubDeps): Hub {
  const { log } = deps;
  const counters = new Counters();
  const peers = new Map<Connection, Peer>();
  const feed = new Feed();
  const registry = new Registry({ ...deps, onChanges: spread });
  const alive = new WeakSet<WebSocket>();
  const endedSignIns = new Set<string>();
  /** Sign-ins whose entry to their place is kept, with the session. */
  const entered = new Set<string>();
  let detach = () => {};
  let closing = false;

  const guarded = (what: string, work: Promise<unknown>) => {
    work.catch((error: unknown) => log.error({ error }, what));
  };
  const occupants = () => [...peers.values()].flatMap(({ occupant }) => (occupant ? [occupant] : []));

  function accept(socket: WebSocket, who: SignedIn | null, room: RoomName | null): void {
    counters.accepted += 1;
    const connection: Connection = new Connection(socket, who ?? nobody, {
      receive: (frame) => receive(connection, frame),
      ended(reason) {
        if (reason) counters.countClosed(reason);
        leave(connection);
      },
    });
    const signedIn = who && !endedSignIns.has(who.signInId);
    const refusal = closing ? 'restart' : !signedIn ? 'notSignedIn' : !room ? 'noSuchRoom' : null;
    if (refusal || !who || !room) {
      connection.close(refusal ?? 'noSuchRoom');
      return;
    }
    const peer: Peer = {
      who,
      occupant: null,
      isStale: false,
      endsAtMs: Date.parse(who.endsAt),
    };
    peers.set(connection, peer);
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
    enter(connection, peer, room).catch((error: unknown) => {
      log.warn({ error }, 'a room could not be entered');
      connection.close('unavailable');
    });
  }

  async function enter(connection: Connection, peer: Peer, room: RoomName): Promise<void> {
    const found = await openRoom(connection, peer.who, room);
    if (typeof found === 'string') {
      connection.close(found);
      return;
    }
    peer.occupant = found;
    if (connection.closed) {
      leave(connection, peer);
      return;
    }
    if (room.kind === 'feed') feed.join(found);
    await found.enter();
    // What changed while the room was loading.
    if (peer.isStale) await readSeatAgain(connection, peer);
    else found.reseat(found.actor);
    connection.incoming.go();
  }

  async function openRoom(
    connection: Connection,
    who: SignedIn,
    name: RoomName,
  ): Promise<Occupant | CloseReason> {
    const actor = await deps.readActor(who);
    if (!actor) return 'notSignedIn';
    const session = name.kind === 'feed' ? null : await openSession(actor, name);
    const seat = seatIn(name, actor, session?.state.subject ?? null);
    if (typeof seat === 'string') {
      session?.release();
      return seat;
    }
    const openDocument = () => (session ? registry.openDocument(name, session.state) : Promise.resolve(null));
    const enterPlace = async () => {
      if (session) await enterOnce(actor, who, session.state.sessionId);
    };
    return new Occupant(connection, { name, session, enterPlace, openDocument }, actor, seat);
  }

  /** Asks the database once for each sign-in of a session: at a reveal everyone's notes open in the same moment. */
  async function enterOnce(actor: Actor, who: SignedIn, sessionId: string): Promise<void> {
    const key = `${who.signInId} ${sessionId}`;
    if (entered.has(key) || !(await deps.enterPlace(actor, who, sessionId))) return;
    if (entered.size >= mostEntered) entered.clear();
    entered.add(key);
  }

  async function openSession(actor: Actor, name: Exclude<RoomName, { kind: 'feed' }>) {
    if (name.kind === 'meeting') return registry.openSession(actor.organisationId, name.sessionId);
    const belongs = await deps.documents.findSealedRoom(name.participantId);
    if (belongs?.organisationId !== actor.organisationId) return null;
    return registry.openSession(actor.organisationId, belongs.sessionId);
  }

  function receive(connection: Connection, frame: Uint8Array): void {
    const occupant = peers.get(connection)?.occupant;
    if (!occupant) return;
    if (occupant.room.name.kind !== 'sealed') counters.frames += 1;
    try {
      const refusal = occupant.receive(frame);
      if (!refusal) return;
      log.info({ room: occupant.room.name.kind, reason: refusal }, 'a socket was closed for what it sent');
      connection.close(refusal);
    } catch (error) {
      log.error({ error, room: occupant.room.name.kind }, 'a frame could not be handled');
      connection.close('internal');
    }
  }

  function leave(connection: Connection, peer = peers.get(connection)): void {
    peers.delete(connection);
    if (!peer?.occupant) return;
    feed.leave(peer.occupant);
    peer.occupant.leave();
    peer.occupant = null;
  }

  /** Numbered changes to everyone of the session, then the seats they bring. */
  function spread(state: SessionState, changes: readonly ChangeRead[]): void {
    const encode = (change: ChangeRead, patch: SessionSharedPatch) =>
      encodeMessage(messageType.change, {
        number: change.number,
        at: change.at,
        events: change.events,
        patch,
      });
    const frames = changes.map((change) => encode(change, change.patch));
    const onScreens = changes.map((change) => encode(change, sharedForScreen(change.patch)));
    for (const occupant of occupants()) {
      const { room, connection } = occupant;
      if (room.session?.state !== state) continue;
      if (room.name.kind === 'meeting' && connection.announced)
        for (const frame of occupant.actor.limit?.as === 'display' ? onScreens : frames)
          connection.send(frame);
      occupant.reseat(occupant.actor);
    }
  }

  function onEvent(event: BusEvent): void {
    switch (event.type) {
      case 'session-changed':
        guarded('a change could not be spread', onSessionChanged(event));
        return;
      case 'member-changed':
        for (const [connection, peer] of peers) {
          if (connection.memberId !== event.memberId) continue;
          peer.isStale = true;
          if (peer.occupant) guarded('a seat could not be read again', readSeatAgain(connection, peer));
        }
        return;
      case 'notified':
        guarded('a count of unread notifications could not be announced', onNotified(event));
        return;
      case 'sign-in-ended':
        endedSignIns.add(event.signInId);
        setTimeout(() => endedSignIns.delete(event.signInId), upgradeMemoryMs).unref();
        for (const connection of [...peers.keys()])
          if (connection.signInId === event.signInId) connection.close('notSignedIn');
        return;
    }
  }

  /** Who cannot be asked about keeps no right: they come again, and are judged then. */
  async function readSeatAgain(connection: Connection, peer: Peer): Promise<void> {
    try {
      peer.isStale = false;
      const actor = await deps.readActor(peer.who);
      if (!actor) connection.close('notSignedIn');
      else peer.occupant?.reseat(actor);
    } catch (error) {
      connection.close('unavailable');
      throw error;
    }
  }

  /** Lets go of whoever came by a sign-in or a link whose time is over, unless it was prolonged meanwhile. */
  async function expire(connection: Connection, peer: Peer): Promise<void> {
    const known = peer.endsAtMs;
    // Asked once at a time.
    peer.endsAtMs = Number.POSITIVE_INFINITY;
    try {
      const end = await deps.readEnd(peer.who);
      if (end !== null && Date.parse(end) > Date.now()) peer.endsAtMs = Date.parse(end);
      else connection.close('notSignedIn');
    } catch (error) {
      peer.endsAtMs = known;
      throw error;
    }
  }

  async function onSessionChanged(event: Extract<BusEvent, { type: 'session-changed' }>): Promise<void> {
    const { organisationId, sessionId, number } = event;
    const state = await registry.openState(organisationId, sessionId);
    if (state && number > state.number) await state.catchUp();
    if (!feed.hasListenersIn(organisationId)) return;
    const subject = state
      ? state.subject
      : ((await deps.sessions.readShared(organisationId, sessionId))?.subject ?? null);
    feed.announce(organisationId, sessionId, number, subject);
  }

  async function onNotified({ memberId }: Extract<BusEvent, { type: 'notified' }>) {
    const listener = feed.listenerOf(memberId);
    if (listener) feed.announceUnread(memberId, await deps.countUnread(listener));
  }

  const unsubscribe = deps.bus.subscribe(onEvent);
  const pinging = setInterval(() => {
    for (const { socket } of [...peers.keys()]) {
      // Whoever is being slowed is not read, and so cannot be heard to answer.
      if (!alive.has(socket) && !socket.isPaused) socket.terminate();
      else {
        alive.delete(socket);
        socket.ping();
      }
    }
  }, pingMs).unref();
  const refreshing = setInterval(() => {
    registry.refreshPresence();
    for (const connection of peers.keys()) connection.keepAlive();
  }, refreshMs).unref();

  const expiring = setInterval(() => {
    const now = Date.now();
    for (const [connection, peer] of peers)
      if (peer.endsAtMs <= now) guarded('whose time is over could not be asked', expire(connection, peer));
  }, expiryMs).unref();

  /** Tells everyone to come again, spread over seconds, and waits a moment for their goodbyes. */
  async function sendAway(): Promise<void> {
    const everyone = [...peers.keys()];
    const gone = everyone.map(
      ({ socket }) =>
        new Promise<void>((resolve) => {
          if (socket.readyState === socket.CLOSED) resolve();
          else socket.once('close', () => resolve());
        }),
    );
    const deadline = performance.now() + longestSpreadMs;
    const aTick =
      everyone.length <= tooFewToSpread
        ? tooFewToSpread
        : Math.max(fewestATick, Math.ceil(everyone.length / 100));
    let closed = 0;
    while (closed < everyone.length) {
      // One after the other, and not each by a timer of its own: those would all be due at once after a busy moment.
      const until = performance.now() > deadline ? everyone.length : closed + aTick;
      for (const connection of everyone.slice(closed, until)) connection.close('restart');
      closed = until;
      if (closed < everyone.length) await new Promise((resolve) => setTimeout(resolve, closeTickMs));
    }
    const patience = new Promise((resolve) => setTimeout(resolve, longestGoodbyeMs).unref());
    await Promise.race([Promise.all(gone), patience]);
    for (const { socket } of everyone) socket.terminate();
  }

  return {
    attach(server) {
      detach = attachUpgrade(server, { ...deps, counters, accept });
    },
    get connections() {
      return peers.size;
    },
    get bufferedBytes() {
      const waiting = occupants().filter(({ room }) => room.name.kind !== 'sealed');
      return waiting.reduce((total, { connection }) => total + connection.waitingBytes, 0);
    },
    get open() {
      return registry.size;
    },
    counters,
    async close() {
      closing = true;
      detach();
      registry.close();
      clearInterval(pinging);
      clearInterval(refreshing);
      clearInterval(expiring);
      // What is typed until one's own close is stored like everything else.
      await sendAway();
      unsubscribe();
      await deps.journal.close(longestFlushMs);
    },
  };
}
