// One connection in its room: what comes in is read here, in order, against the seat of the moment.
import {
  type CloseReason,
  decodeMessage,
  encodeMessage,
  messageType,
  oldestProtocolVersion,
  protocolVersion,
  type RoomName,
  syncMessage,
} from '@attune/contract';
import type { Actor } from '@attune/domain';
import * as decoding from 'lib0/decoding';
import { seatOf } from '../sessions/stored-session.ts';
import type { Connection } from './connection.ts';
import type { DocumentRoom } from './document-room.ts';
import type { Presence } from './presence.ts';
import { type Seat, seatIn } from './seat.ts';
import type { SessionState } from './session-state.ts';

const syncStep = { one: 0, two: 1, update: 2 } as const;

/** What a connection has found behind its room's name. A feed has neither session nor document. */
export interface Place {
  readonly room: RoomName;
  readonly session: SessionState | null;
  readonly presence: Presence | null;
  /** Opened when the seat first lets it be read. */
  openDocument(): Promise<DocumentRoom | null>;
}

export class Seated {
  readonly connection: Connection;
  readonly place: Place;
  actor: Actor;
  #seat: Seat;
  #document: DocumentRoom | null = null;
  #opening: Promise<void> | null = null;
  #toldSeat = '';

  constructor(connection: Connection, place: Place, actor: Actor, seat: Seat) {
    this.connection = connection;
    this.place = place;
    this.actor = actor;
    this.#seat = seat;
  }

  /** Takes the seat: presence, and the document where it may be read. */
  async enter(): Promise<void> {
    if (this.#seat.takesPart) this.place.presence?.join(this.connection);
    await this.#openDocument();
  }

  leave(): void {
    this.place.presence?.leave(this.connection);
    this.#document?.leave(this.connection);
  }

  /** Makes the seat anew; closes the socket where there is none any more. */
  reseat(actor: Actor): void {
    this.actor = actor;
    const seat = seatIn(this.place.room, actor, this.place.session?.subject ?? null);
    if (typeof seat === 'string') {
      // Rights that end: what was there yesterday is no secret from who saw it.
      this.connection.close(seat === 'noSuchRoom' ? 'notAllowed' : seat);
      return;
    }
    this.#seat = seat;
    if (!seat.readsDocument) {
      this.#document?.leave(this.connection);
      this.#document = null;
    } else void this.#openDocument();
    this.tellSeat();
  }

  /** Tells what this viewer may do, where that has changed. */
  tellSeat(): void {
    const subject = this.place.session?.subject;
    if (!this.connection.announced || this.place.room.kind !== 'meeting' || !subject) return;
    const seat = seatOf(this.actor, subject);
    const told = JSON.stringify(seat);
    if (told === this.#toldSeat) return;
    this.#toldSeat = told;
    this.connection.send(encodeMessage(messageType.seat, { seat }));
  }

  /** Reads one frame; a close reason where the sender must go. */
  receive(frame: Uint8Array): CloseReason | null {
    try {
      const decoder = decoding.createDecoder(frame);
      switch (decoding.readVarUint(decoder)) {
        case syncMessage.sync:
          return this.#receiveSync(decoder);
        case syncMessage.awareness: {
          const body = decoding.readVarUint8Array(decoder);
          const { presence } = this.place;
          return !presence || presence.update(this.connection, body) ? null : 'malformed';
        }
        case syncMessage.queryAwareness:
          this.place.presence?.tell(this.connection);
          return null;
        case messageType.hello:
          return this.#receiveHello(decoder);
        default:
          return 'malformed';
      }
    } catch {
      return 'malformed';
    }
  }

  #receiveSync(decoder: decoding.Decoder): CloseReason | null {
    const step = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (step !== syncStep.one && step !== syncStep.two && step !== syncStep.update) return 'malformed';
    // Before the reveal there is no document to read: a provider's first step waits for the one we send then.
    if (!this.#document) return step === syncStep.one ? null : 'readOnly';
    if (step === syncStep.one) return this.#document.answer(this.connection, body);
    return this.#document.receive(this.connection, body, this.#seat.writesDocument);
  }

  #receiveHello(decoder: decoding.Decoder): CloseReason | null {
    const hello = decodeMessage(messageType.hello, decoder);
    if (!hello) return 'malformed';
    if (hello.protocol < oldestProtocolVersion) return 'clientTooOld';
    this.connection.announced = true;
    this.sendSnapshot();
    this.connection.tellStored();
    return null;
  }

  sendSnapshot(): void {
    const { session, room } = this.place;
    const subject = session?.subject;
    if (!session || !subject || room.kind !== 'meeting') return;
    const seat = seatOf(this.actor, subject);
    this.#toldSeat = JSON.stringify(seat);
    const { number, shared } = session;
    this.connection.send(
      encodeMessage(messageType.snapshot, { protocol: protocolVersion, number, session: shared, seat }),
    );
  }

  #openDocument(): Promise<void> {
    if (!this.#seat.readsDocument || this.#document) return Promise.resolve();
    this.#opening ??= this.place
      .openDocument()
      .then((document) => {
        if (!document) this.connection.close('noSuchRoom');
        else if (!this.connection.closed && this.#seat.readsDocument) {
          this.#document = document;
          document.join(this.connection);
        }
      })
      .catch(() => this.connection.close('unavailable'))
      .finally(() => {
        this.#opening = null;
      });
    return this.#opening;
  }
}
