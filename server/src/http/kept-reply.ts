// A kept reply at rest: sealed under the server's key, for it may hold a link that is stored nowhere else; and of the command's
// body a keyed hash alone, from which nobody can guess the answers that were in it.
import { createHmac } from 'node:crypto';
import * as z from 'zod/mini';
import { seal, unseal } from '../documents/seal.ts';

/** Whose command it was, and under which key. */
export interface ReplyOwner {
  readonly organisationId: string;
  readonly memberId: string;
  readonly key: string;
}

const keptBody = z.object({ body: z.string() });

/** How a sealed reply stands in its column. */
const sealedReply = z.object({ sealed: z.string() });

const keyFor = (serverKey: Uint8Array, purpose: 'reply' | 'body') =>
  createHmac('sha256', serverKey).update(`attune/${purpose}/v1`).digest();
const association = ({ organisationId, memberId, key }: ReplyOwner) =>
  ({ organisationId, sessionId: '', participantId: memberId, rowId: key, version: 1 }) as const;

/** What tells one body from another. */
export const hashOfBody = (serverKey: Uint8Array, body: string): Uint8Array =>
  createHmac('sha256', keyFor(serverKey, 'body')).update(body).digest();

export function sealReply(serverKey: Uint8Array, owner: ReplyOwner, body: string) {
  const content = new TextEncoder().encode(JSON.stringify({ body }));
  const bytes = seal(keyFor(serverKey, 'reply'), association(owner), content);
  return { sealed: Buffer.from(bytes).toString('base64') };
}

/** @throws when the reply was changed, or is another's */
export function openReply(serverKey: Uint8Array, owner: ReplyOwner, column: unknown): string {
  const bytes = new Uint8Array(Buffer.from(sealedReply.parse(column).sealed, 'base64'));
  const content = unseal(keyFor(serverKey, 'reply'), association(owner), bytes);
  return keptBody.parse(JSON.parse(new TextDecoder().decode(content))).body;
}
