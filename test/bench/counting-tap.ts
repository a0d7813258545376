// Counts what goes between a server and PostgreSQL: bytes each way, statements and rows. Reads only the database's messages: a byte
// that says which, four with the length of what follows and of themselves, and the body.
import type { WireTap } from '../support/database-proxy.ts';

const rowMessage = 'D'.charCodeAt(0);
const completeMessage = 'C'.charCodeAt(0);
const headBytes = 5;

export interface Traffic {
  readonly statements: number;
  /** That the database sent, and that it wrote. */
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly bytesToDatabase: number;
  readonly bytesFromDatabase: number;
}

export class TrafficCount {
  #traffic = { statements: 0, rowsRead: 0, rowsWritten: 0, bytesToDatabase: 0, bytesFromDatabase: 0 };

  /** All of it so far. */
  get traffic(): Traffic {
    return { ...this.#traffic };
  }

  /** For a connection more. */
  readonly tap = (): WireTap => {
    let unread = Buffer.alloc(0);
    return {
      toDatabase: (bytes) => {
        this.#traffic.bytesToDatabase += bytes.length;
      },
      fromDatabase: (bytes) => {
        this.#traffic.bytesFromDatabase += bytes.length;
        unread = this.#read(Buffer.concat([unread, bytes]));
      },
    };
  };

  /** Returns what is not a whole message yet. */
  #read(bytes: Buffer): Buffer<ArrayBuffer> {
    let at = 0;
    while (at + headBytes <= bytes.length) {
      const end = at + 1 + bytes.readUInt32BE(at + 1);
      if (end > bytes.length) break;
      if (bytes[at] === rowMessage) this.#traffic.rowsRead += 1;
      // Its body is the command's tag and a zero, such as `UPDATE 2`, `INSERT 0 1` or `COMMIT`.
      if (bytes[at] === completeMessage) this.#complete(bytes.toString('latin1', at + headBytes, end - 1));
      at = end;
    }
    return Buffer.from(bytes.subarray(at));
  }

  #complete(tag: string): void {
    this.#traffic.statements += 1;
    const rows = /^(?:INSERT 0|UPDATE|DELETE) (\d+)$/.exec(tag)?.[1];
    this.#traffic.rowsWritten += Number(rows ?? 0);
  }
}
