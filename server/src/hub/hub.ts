// The hub: rooms by name, each loaded once and put away when nobody is in it; events of the bus turned into new seats and
// numbered changes; liveness; and a good end. It asks the domain through seats and never decides a rule.
import type { Server } from 'node:http';
import type { CloseReason, RoomName } from '@attune/contract';
import type { Actor } from '@attune/domain';
import type { WebSocket } from 'ws';
import type { Bus, BusEvent } from '../bus/bus.ts';
import type { SignedIn } from '../caller.ts';
import type { Journal } from '../documents/journal.ts';
import type { Logger } from '../ops/log.ts';
import { sharedToSubject } from '../sessions/views.ts';
import { Connection } from './connection.ts';
import { Counters } from './counters.ts';
import { sayFarewell } from './farewell.ts';
import { Feed } from './feed.ts';
import { Occupant } from './occupant.ts';
import { type Peer, Peers } from './peers.ts';
import { Registry, type RegistryDeps } from './registry.ts';
import { seatIn } from './seat.ts';
import { SessionSeats } from './session-seats.ts';
import type { SessionState } from './session-state.ts';
import { type Arrival, attachUpgrade, type Door, type UpgradeDeps } from './upgrade.ts';

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
  /** Whether sockets have to wait their turn to be let in, as everyone's do after a restart. */
  readonly isDoorBusy: boolean;
  /** Sockets connected now. */
  readonly connections: number;
  readonly counters: Counters;
  /** What slow readers of meetings and feeds have not accepted yet; sealed sheets are left out, since it is their content. */
  readonly bufferedBytes: number;
  /** What is in memory now. */
  readonly open: { readonly sessions: number; readonly documents: number };
  /** Accepts nobody new, stores what is queued, sends everyone away to come back, spread over seconds. */
  close(): Promise<void>;
}

const pingMs = 10_000;
const refreshMs = 15_000;
/** How often sign-ins whose time may be over are looked for. */
const expiryMs = 500;
const longestFlushMs = 4_000;
/** How long an ended sign-in is remembered: an upgrade that read it as good is over by then. */
const upgradeMemoryMs = 60_000;

const mostEntered = 10_000;
const nobody = { memberId: '', signInId: '', name: '', signedInAt: '' };

export function createHub(deps: HubDeps): Hub {
  const { log } = deps;
  const counters = new Counters();
  const peers = new Peers();
  const seats = new SessionSeats(counters);
  const feed = new Feed();
  const registry = new Registry({ ...deps, onChanges: (state, changes) => seats.spread(state, changes) });
  const alive = new WeakSet<WebSocket>();
  const endedSignIns = new Set<string>();
  /** Sign-ins whose entry to their place is kept, with the session. */
  const entered = new Set<string>();
  let door: Door | null = null;
  let closing = false;

  const guarded = (what: string, work: Promise<unknown>) => {
    work.catch((error: unknown) => log.error({ error }, what));
  };

  function accept(socket: WebSocket, { who, isOther, room }: Arrival): void {
    counters.accepted += 1;
    const connection: Connection = new Connection(socket, who ?? nobody, {
      receive: (frame) => receive(connection, frame),
      ended(reason) {
        if (reason) counters.countClosed(reason);
        const peer = peers.of(connection);
        if (peer) leave(peer);
      },
    });
    const signedIn = who && !endedSignIns.has(who.signInId);
    const refusal = closing
      ? 'restart'
      : !signedIn
        ? 'notSignedIn'
        : isOther
          ? 'otherSignIn'
          : !room
            ? 'noSuchRoom'
            : null;
    if (refusal || !who || !room) {
      connection.close(refusal ?? 'noSuchRoom');
      return;
    }
    const peer: Peer = {
      connection,
      who,
      occupant: null,
      isStale: false,
      endsAtMs: Date.parse(who.endsAt),
    };
    peers.add(peer);
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
    enter(peer, room).catch((error: unknown) => {
      log.warn({ error }, 'a room could not be entered');
      connection.close('unavailable');
    });
  }

  async function enter(peer: Peer, name: RoomName): Promise<void> {
    const { connection } = peer;
    const found = await openRoom(connection, peer.who, name);
    if (typeof found === 'string') {
      connection.close(found);
      return;
    }
    peer.occupant = found;
    if (connection.closed) {
      leave(peer);
      return;
    }
    if (name.kind === 'feed') feed.join(found);
    seats.join(found);
    await found.enter();
    // What changed while the room was loading.
    if (peer.isStale) await readSeatAgain(peer);
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
    const occupant = peers.of(connection)?.occupant;
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

  function leave(peer: Peer): void {
    peers.delete(peer);
    const { occupant } = peer;
    if (!occupant) return;
    peer.occupant = null;
    feed.leave(occupant);
    seats.leave(occupant);
    occupant.leave();
  }

  function onEvent(event: BusEvent): void {
    switch (event.type) {
      case 'session-changed':
        guarded('a change could not be spread', onSessionChanged(event));
        return;
      case 'member-changed':
        for (const peer of peers.ofMember(event.memberId)) {
          peer.isStale = true;
          if (peer.occupant) guarded('a seat could not be read again', readSeatAgain(peer));
        }
        return;
      case 'notified':
        guarded('a count of unread notifications could not be announced', onNotified(event));
        return;
      case 'sign-in-ended':
        endedSignIns.add(event.signInId);
        setTimeout(() => endedSignIns.delete(event.signInId), upgradeMemoryMs).unref();
        for (const { connection } of peers.ofSignIn(event.signInId)) connection.close('notSignedIn');
        return;
    }
  }

  /** Who cannot be asked about keeps no right: they come again, and are judged then. */
  async function readSeatAgain(peer: Peer): Promise<void> {
    const { connection } = peer;
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
  async function expire(peer: Peer): Promise<void> {
    const { connection } = peer;
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
    feed.announce(organisationId, sessionId, number, await subjectOf(organisationId, sessionId, state));
  }

  async function subjectOf(organisationId: string, sessionId: string, open: SessionState | null) {
    if (open) return open.subject;
    const read = await deps.sessions.readShared(organisationId, sessionId);
    return read && sharedToSubject(organisationId, read.shared);
  }

  async function onNotified({ memberId }: Extract<BusEvent, { type: 'notified' }>) {
    const listener = feed.listenerOf(memberId);
    if (listener) feed.announceUnread(memberId, await deps.countUnread(listener));
  }

  const unsubscribe = deps.bus.subscribe(onEvent);
  const pinging = setInterval(() => {
    for (const { connection } of peers.all()) {
      const { socket } = connection;
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
    for (const { connection } of peers.all()) connection.keepAlive();
  }, refreshMs).unref();

  const expiring = setInterval(() => {
    const now = Date.now();
    for (const peer of peers.all())
      if (peer.endsAtMs <= now) guarded('the end of a sign-in could not be read', expire(peer));
  }, expiryMs).unref();

  return {
    attach(server) {
      door = attachUpgrade(server, { ...deps, counters, accept });
    },
    get isDoorBusy() {
      return door?.isBusy ?? false;
    },
    get connections() {
      return peers.size;
    },
    get bufferedBytes() {
      const counted = peers.all().filter(({ occupant }) => occupant && occupant.room.name.kind !== 'sealed');
      return counted.reduce((total, { connection }) => total + connection.waitingBytes, 0);
    },
    get open() {
      return registry.size;
    },
    counters,
    async close() {
      closing = true;
      door?.shut();
      registry.close();
      clearInterval(pinging);
      clearInterval(refreshing);
      clearInterval(expiring);
      // What is typed until one's own close is stored like everything else.
      await sayFarewell(peers.all().map(({ connection }) => connection));
      unsubscribe();
      await deps.journal.close(longestFlushMs);
    },
  };
}
