// The hub: rooms by name, each loaded once and put away when nobody is in it; events of the bus turned into new seats and
// numbered changes; liveness; and a good end. It asks the domain through seats and never decides a rule.
import type { Server } from 'node:http';
import {
  type CloseReason,
  encodeMessage,
  formatRoomName,
  messageType,
  type RoomName,
  readSheet,
} from '@attune/contract';
import { type Actor, maySession, progressOf } from '@attune/domain';
import type { WebSocket } from 'ws';
import type { Bus, BusEvent } from '../bus/bus.ts';
import type { Journal } from '../documents/journal.ts';
import type { DocumentHandle } from '../documents/store.ts';
import type { Logger } from '../ops/log.ts';
import type { SignedIn } from '../people/auth.ts';
import type { ChangeRead } from '../sessions/feed-read.ts';
import { Connection } from './connection.ts';
import { type DocumentReads, DocumentRoom } from './document-room.ts';
import { Presence } from './presence.ts';
import { seatIn } from './seat.ts';
import { type Place, Seated } from './seated.ts';
import { type SessionReads, SessionState } from './session-state.ts';
import { attachUpgrade } from './upgrade.ts';

export interface HubDeps {
  readonly log: Logger;
  readonly bus: Bus;
  readonly publicUrl: string;
  readonly journal: Journal;
  readonly documents: DocumentReads & {
    find(wanted: { participantId: string } | { notesOf: string }): Promise<DocumentHandle | null>;
  };
  readonly sessions: SessionReads;
  authenticate(headers: Headers): Promise<SignedIn | null>;
  readActor(organisationId: string, memberId: string): Promise<Actor | null>;
  recordProgress(
    organisationId: string,
    sessionId: string,
    participantId: string,
    answered: number,
  ): Promise<void>;
}

export interface Hub {
  attach(server: Server): void;
  /** Sockets connected now. */
  readonly connections: number;
  /** Takes nobody new, stores what is queued, tells everyone to come back, spread over seconds. */
  close(): Promise<void>;
}

const pingMs = 10_000;
const refreshMs = 15_000;
const progressMs = 300;
/** Frames kept for a connection whose room is still loading. */
const mostEarlyFrames = 100;
/** Closes are spread at this many a second, so that not everyone returns at once. */
const closesPerSecond = 200;
const longestFlushMs = 5_000;

const revealedStatuses: readonly string[] = ['review', 'resolved', 'closed'];

export function createHub(deps: HubDeps): Hub {
  const { log } = deps;
  const seated = new Set<Seated>();
  const connections = new Set<Connection>();
  const sessions = new Map<string, Promise<SessionState | null>>();
  const presences = new Map<string, Presence>();
  const documents = new Map<string, Promise<DocumentRoom | null>>();
  const progressTimers = new Map<string, NodeJS.Timeout>();
  const alive = new WeakSet<WebSocket>();
  let detach = () => {};
  let closing = false;

  const guarded = (what: string, work: Promise<unknown>) => {
    work.catch((error: unknown) => log.error({ error }, what));
  };

  function accept(socket: WebSocket, who: SignedIn | null, room: RoomName | null): void {
    const connection = new Connection(socket, who ?? { memberId: '', signInId: '', name: '' });
    const refusal = closing ? 'restart' : !who ? 'notSignedIn' : !room ? 'noSuchRoom' : null;
    if (refusal || !who || !room) {
      connection.close(refusal ?? 'noSuchRoom');
      return;
    }
    connections.add(connection);
    alive.add(socket);
    let place: Seated | null = null;
    const early: Uint8Array[] = [];
    const receive = (at: Seated, frame: Uint8Array) => {
      if (connection.closed) return;
      const started = performance.now();
      const refusal = at.receive(frame);
      if (refusal) {
        log.info({ room: at.place.room.kind, reason: refusal }, 'a socket was closed for what it sent');
        connection.close(refusal);
      } else connection.pay(frame.length, performance.now() - started);
    };
    socket.on('pong', () => alive.add(socket));
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!isBinary) {
        connection.close('malformed');
        return;
      }
      const frame = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      if (place) receive(place, frame);
      else if (early.push(frame.slice()) > mostEarlyFrames) connection.close('tooMany');
    });
    socket.on('close', () => {
      connections.delete(connection);
      if (place) leave(place);
    });
    enter(connection, who, room)
      .then(async (entered) => {
        if (typeof entered === 'string') {
          connection.close(entered);
          return;
        }
        if (connection.closed) {
          leave(entered);
          return;
        }
        seated.add(entered);
        await entered.enter();
        // The state may have moved while the room was loading.
        if (entered.place.session) entered.reseat(entered.actor);
        place = entered;
        for (const frame of early.splice(0)) receive(entered, frame);
      })
      .catch((error: unknown) => {
        log.warn({ error }, 'a room could not be entered');
        connection.close('unavailable');
      });
  }

  async function enter(connection: Connection, who: SignedIn, room: RoomName): Promise<Seated | CloseReason> {
    const actor = await deps.readActor(who.organisationId, who.memberId);
    if (!actor) return 'notSignedIn';
    if (room.kind === 'feed') {
      const seat = seatIn(room, actor, null);
      if (typeof seat === 'string') return seat;
      const place: Place = { room, session: null, presence: null, openDocument: () => Promise.resolve(null) };
      return new Seated(connection, place, actor, seat);
    }
    const sessionId = room.kind === 'meeting' ? room.sessionId : await sessionOf(actor, room.participantId);
    const session = sessionId ? await openSession(actor.organisationId, sessionId) : null;
    if (!session) return 'noSuchRoom';
    const seat = seatIn(room, actor, session.subject);
    if (typeof seat === 'string') return seat;
    const presence = room.kind === 'meeting' ? presenceOf(session) : null;
    return new Seated(
      connection,
      { room, session, presence, openDocument: () => openDocument(room, session) },
      actor,
      seat,
    );
  }

  async function sessionOf(actor: Actor, participantId: string): Promise<string | null> {
    const handle = await deps.documents.find({ participantId });
    return handle?.organisationId === actor.organisationId ? handle.sessionId : null;
  }

  function openSession(organisationId: string, sessionId: string): Promise<SessionState | null> {
    const open = sessions.get(sessionId);
    if (open) {
      // Held by people of one organisation; another's must not learn that it exists.
      return open.then((state) => (state?.organisationId === organisationId ? state : null));
    }
    const opening = deps.sessions
      .readShared(organisationId, sessionId)
      .then((read) => {
        if (!read) return null;
        const state: SessionState = new SessionState(organisationId, read, deps.sessions, (changes) =>
          spread(state, changes),
        );
        return state;
      })
      .catch((error: unknown) => {
        sessions.delete(sessionId);
        throw error;
      });
    sessions.set(sessionId, opening);
    guarded(
      'a session could not be opened',
      opening.then((state) => {
        if (!state) sessions.delete(sessionId);
        // A change committed while it was read is caught up with at once.
        return state?.catchUp();
      }),
    );
    return opening;
  }

  function presenceOf(session: SessionState): Presence {
    const known = presences.get(session.sessionId);
    if (known) return known;
    const made = new Presence(revealedStatuses.includes(session.shared.status));
    presences.set(session.sessionId, made);
    return made;
  }

  function openDocument(room: RoomName, session: SessionState): Promise<DocumentRoom | null> {
    const name = formatRoomName(room);
    const open = documents.get(name);
    if (open) return open;
    const wanted =
      room.kind === 'sealed' ? { participantId: room.participantId } : { notesOf: session.sessionId };
    const opening = deps.documents
      .find(wanted)
      .then((handle) =>
        handle
          ? DocumentRoom.open(handle, {
              ...deps,
              onStored: () => {
                if (handle.participantId) scheduleProgress(name, session, handle.participantId);
              },
            })
          : null,
      )
      .catch((error: unknown) => {
        documents.delete(name);
        throw error;
      });
    documents.set(name, opening);
    guarded(
      'a document could not be opened',
      opening.then((document) => {
        if (!document) documents.delete(name);
      }),
    );
    return opening;
  }

  /** Counts a participant's answers soon, once for many keystrokes; tells nothing but the count. */
  function scheduleProgress(name: string, session: SessionState, participantId: string): void {
    if (progressTimers.has(name)) return;
    progressTimers.set(
      name,
      setTimeout(() => {
        progressTimers.delete(name);
        guarded(
          'progress could not be recorded',
          (documents.get(name) ?? Promise.resolve(null)).then((document) => {
            if (!document || closing) return undefined;
            const { answered } = progressOf(session.scorecard, readSheet(document.doc, session.scorecard));
            const known = session.shared.participants.find(({ id }) => id === participantId)?.answered;
            if (known === answered) return undefined;
            return deps.recordProgress(session.organisationId, session.sessionId, participantId, answered);
          }),
        );
      }, progressMs),
    );
  }

  /** Numbered changes to everyone of the session, then the seats they bring. */
  function spread(session: SessionState, changes: readonly ChangeRead[]): void {
    const frames = changes.map(({ number, at, events, patch }) =>
      encodeMessage(messageType.change, { number, at, events, patch }),
    );
    const presence = presences.get(session.sessionId);
    if (presence) presence.detailed = revealedStatuses.includes(session.shared.status);
    for (const at of seated) {
      if (at.place.session !== session) continue;
      if (at.place.room.kind === 'meeting' && at.connection.announced) {
        for (const frame of frames) at.connection.send(frame);
      }
      at.reseat(at.actor);
    }
  }

  function leave(at: Seated): void {
    seated.delete(at);
    at.leave();
    const { room, session } = at.place;
    if (!session) return;
    guarded('a room could not be put away', putAway(room, session));
  }

  async function putAway(room: RoomName, session: SessionState): Promise<void> {
    const name = formatRoomName(room);
    const document = await documents.get(name);
    const isUsed = (test: (other: Seated) => boolean) => [...seated].some(test);
    if (
      document?.isIdle &&
      !isUsed(({ place }) => formatRoomName(place.room) === name) &&
      !progressTimers.has(name)
    ) {
      documents.delete(name);
      await document.close();
    }
    if (!isUsed(({ place }) => place.session === session)) {
      sessions.delete(session.sessionId);
      presences.delete(session.sessionId);
    }
  }

  function onEvent(event: BusEvent): void {
    switch (event.type) {
      case 'session-changed':
        guarded('a change could not be spread', onSessionChanged(event));
        return;
      case 'member-changed':
        for (const at of seated) {
          if (at.connection.memberId !== event.memberId) continue;
          guarded(
            'a seat could not be made anew',
            deps.readActor(event.organisationId, event.memberId).then((actor) => {
              if (actor) at.reseat(actor);
              else at.connection.close('notSignedIn');
            }),
          );
        }
        return;
      case 'sign-in-ended':
        for (const connection of connections) {
          if (connection.signInId === event.signInId) connection.close('notSignedIn');
        }
        return;
    }
  }

  async function onSessionChanged(event: Extract<BusEvent, { type: 'session-changed' }>): Promise<void> {
    const { organisationId, sessionId, number } = event;
    const open = await sessions.get(sessionId);
    if (open && number > open.number) await open.catchUp();
    const feeds = [...seated].filter(
      ({ place, actor }) => place.room.kind === 'feed' && actor.organisationId === organisationId,
    );
    if (feeds.length === 0) return;
    const subject = open
      ? open.subject
      : ((await deps.sessions.readShared(organisationId, sessionId))?.subject ?? null);
    const frame = encodeMessage(messageType.hint, { sessionId, number });
    for (const { actor, connection } of feeds) {
      // A deleted draft's id says nothing; who had it in a list drops it.
      const mayKnow = subject ? maySession(actor, 'session.read', subject) : true;
      if (mayKnow && connection.announced) connection.send(frame);
    }
  }

  const unsubscribe = deps.bus.subscribe(onEvent);
  const pinging = setInterval(() => {
    for (const { socket } of connections) {
      if (!alive.has(socket)) socket.terminate();
      else {
        alive.delete(socket);
        socket.ping();
      }
    }
  }, pingMs).unref();
  const refreshing = setInterval(() => {
    for (const presence of presences.values()) presence.refresh();
    for (const connection of connections) connection.keepAlive();
  }, refreshMs).unref();

  return {
    attach(server) {
      detach = attachUpgrade(server, { ...deps, accept });
    },
    get connections() {
      return connections.size;
    },
    async close() {
      closing = true;
      detach();
      unsubscribe();
      clearInterval(pinging);
      clearInterval(refreshing);
      for (const timer of progressTimers.values()) clearTimeout(timer);
      const everyone = [...connections];
      const gap = everyone.length > closesPerSecond ? 1000 / closesPerSecond : 0;
      const told = everyone.map(
        (connection, index) =>
          new Promise<void>((resolve) => {
            setTimeout(() => {
              connection.close('restart');
              resolve();
            }, index * gap);
          }),
      );
      await Promise.all([...told, deps.journal.close(longestFlushMs)]);
      for (const connection of everyone) connection.socket.terminate();
    },
  };
}
