// One connection in its room: what comes in is read here, in order, against the seat of the moment.
import {
  type CloseReason,
  encodeMessage,
  messageType,
  oldestProtocolVersion,
  protocolVersion,
  type RoomName,
  refusalProtocolVersion,
} from '@attune/contract';
import type { Actor, SessionSubject } from '@attune/domain';
import { seatOf, sharedForScreen } from '../sessions/views.ts';
import type { Connection } from './connection.ts';
import { readFrame } from './frame.ts';
import type { OpenDocument, OpenSession } from './registry.ts';
import { type Seat, seatIn } from './seat.ts';

/** What a connection has found behind its room's name. A feed has no session. */
export interface OpenRoom {
  readonly name: RoomName;
  readonly session: OpenSession | null;
  /** Keeps that this sign-in opens its person's own place, where it has one. */
  enterPlace(): Promise<void>;
  /** The room's document, held for this connection; asked for when the seat first lets it be read. */
  openDocument(): Promise<OpenDocument | null>;
}

export class Occupant {
  readonly connection: Connection;
  readonly room: OpenRoom;
  actor: Actor;
  #seat: Seat;
  /** What the seat was made of, beside the actor. */
  #subject: SessionSubject | null;
  #left = false;
  #document: OpenDocument | null = null;
  #opening: Promise<void> | null = null;
  /** The sync step 1 that came while there was nothing to read: answered when there is. */
  #asked: Uint8Array | null = null;
  #sentSeat = '';

  /** @param seat as of the actor and the session now */
  constructor(connection: Connection, room: OpenRoom, actor: Actor, seat: Seat) {
    this.connection = connection;
    this.room = room;
    this.actor = actor;
    this.#seat = seat;
    this.#subject = this.#subjectNow();
  }

  /** Takes the seat: presence, and the document where it may be read. Resolves when the room is ready. */
  async enter(): Promise<void> {
    const presence = this.room.session?.presence;
    if (!this.#seat.takesPart) return this.#openDocument();
    // A meeting screen sees who is here, and is nobody.
    if (this.actor.limit?.as === 'display') presence?.watch(this.connection);
    else presence?.join(this.connection);
    await this.#openDocument();
  }

  /** Leaves, and lets go of what it held. To be called once. */
  leave(): void {
    this.#left = true;
    this.room.session?.presence.leave(this.connection);
    this.#closeDocument();
    this.room.session?.release();
  }

  /**
   * Makes the seat anew where who they are or what the session is has changed; closes the socket where there is none any more.
   *
   * @returns whether it was made anew
   */
  reseat(actor: Actor): boolean {
    const subject = this.#subjectNow();
    if (actor === this.actor && subject === this.#subject) return false;
    this.actor = actor;
    this.#subject = subject;
    const seat = seatIn(this.room.name, actor, subject);
    if (typeof seat === 'string') {
      // Rights that end: what was there yesterday is no secret from who saw it.
      this.connection.close(seat === 'noSuchRoom' ? 'notAllowed' : seat);
      return true;
    }
    this.#seat = seat;
    if (seat.readsDocument) void this.#openDocument();
    else this.#closeDocument();
    this.sendSeat();
    return true;
  }

  #subjectNow(): SessionSubject | null {
    return this.room.session?.state.subject ?? null;
  }

  /** Sends what this viewer may do, where that has changed. */
  sendSeat(): void {
    const subject = this.room.session?.state.subject;
    if (!this.connection.announced || this.room.name.kind !== 'meeting' || !subject) return;
    const seat = seatOf(this.actor, subject);
    const encoded = JSON.stringify(seat);
    if (encoded === this.#sentSeat) return;
    this.#sentSeat = encoded;
    this.connection.send(encodeMessage(messageType.seat, { seat }));
  }

  /** Reads one frame; a close reason where the sender must go. */
  receive(bytes: Uint8Array): CloseReason | null {
    const frame = readFrame(bytes);
    if (!frame) return 'malformed';
    const presence = this.room.session?.presence;
    switch (frame.kind) {
      case 'ask':
        // Before the reveal there is no document to read: the question waits.
        if (!this.#document) this.#asked = frame.vector;
        return this.#document?.room.answer(this.connection, frame.vector) ?? null;
      case 'update':
        if (!this.#document)
          return this.connection.refuse('readOnly', [this.connection.countDocumentMessage()])
            ? null
            : 'readOnly';
        return this.#document.room.receive(
          this.connection,
          frame.update,
          frame.isFull,
          this.#seat.writesDocument,
        );
      case 'awareness':
        return !presence || presence.update(this.connection, frame.body) ? null : 'malformed';
      case 'query-awareness':
        if (this.#seat.takesPart) presence?.sendEveryone(this.connection);
        return null;
      case 'hello':
        if (frame.hello.protocol < oldestProtocolVersion) return 'clientTooOld';
        this.connection.announced = true;
        this.connection.hearsRefusals = frame.hello.protocol >= refusalProtocolVersion;
        this.sendSnapshot();
        this.connection.sendStored();
        return null;
    }
  }

  sendSnapshot(): void {
    const { session, name } = this.room;
    const subject = session?.state.subject;
    if (!session || !subject || name.kind !== 'meeting') return;
    const seat = seatOf(this.actor, subject);
    this.#sentSeat = JSON.stringify(seat);
    const { number, shared } = session.state;
    const isScreen = this.actor.limit?.as === 'display';
    this.connection.send(
      encodeMessage(messageType.snapshot, {
        protocol: protocolVersion,
        number,
        at: new Date().toISOString(),
        session: isScreen ? sharedForScreen(shared) : shared,
        seat,
      }),
    );
  }

  #openDocument(): Promise<void> {
    if (!this.#seat.readsDocument || this.#document) return Promise.resolve();
    if (!this.#opening) {
      // What comes meanwhile is meant for the document.
      this.connection.incoming.hold();
      this.#opening = this.#joinDocument().finally(() => {
        this.#opening = null;
        this.connection.incoming.go();
      });
    }
    return this.#opening;
  }

  async #joinDocument(): Promise<void> {
    try {
      if (this.#seat.writesDocument || this.room.name.kind === 'sealed') await this.room.enterPlace();
      const document = await this.room.openDocument();
      if (!document) {
        this.connection.close('noSuchRoom');
        return;
      }
      if (this.#left || !this.#seat.readsDocument) {
        document.release();
        return;
      }
      this.#document = document;
      const refusal = document.room.join(this.connection, this.#asked);
      this.#asked = null;
      if (refusal) this.connection.close(refusal);
    } catch {
      this.connection.close('unavailable');
    }
  }

  #closeDocument(): void {
    this.#document?.room.leave(this.connection);
    this.#document?.release();
    this.#document = null;
  }
}
