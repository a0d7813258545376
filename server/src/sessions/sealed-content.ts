// What is sealed until a reveal, submissions and votes: the content with a secret salt, encrypted, and beside it in the open the
// commitment which that salt keys (X1, X2). Only the reveals open others' content, and only a vote's owner their own.
import { createHmac, randomBytes } from 'node:crypto';
import { answerSchema, sheetSchema } from '@attune/contract';
import { type Answer, canonicalJson, commitmentInput, type Sheet, voteInput } from '@attune/domain';
import * as z from 'zod/mini';
import { type Association, seal, unseal, unwrapSessionKey } from '../documents/seal.ts';
import type { StoredSession } from './stored-session.ts';

/** What is stored of it before its reveal. */
export interface SealedContent {
  readonly sealed: Uint8Array;
  readonly commitment: Uint8Array;
}

/** The session it is of. */
type Home = Pick<StoredSession, 'organisationId' | 'wrappedKey'> & {
  readonly session: { readonly id: string };
};

/** The layout of what is sealed: JSON of the salt, base64url, beside the content. Its associated data carries the same version. */
const layoutVersion = 1;

/** Where it belongs. `rowId`: of a submission its participant, of a vote its re-vote. */
type Place = Pick<Association, 'participantId' | 'rowId'>;

const associationOf = ({ organisationId, session }: Home, place: Place): Association => ({
  organisationId,
  sessionId: session.id,
  ...place,
  version: layoutVersion,
});

const keyOf = (serverKey: Uint8Array, { organisationId, session, wrappedKey }: Home) =>
  unwrapSessionKey(serverKey, { organisationId, sessionId: session.id }, wrappedKey);

/** @param input what the commitment is the HMAC of */
function sealIn(
  serverKey: Uint8Array,
  home: Home,
  place: Place,
  input: Uint8Array,
  content: Readonly<Record<string, unknown>>,
): SealedContent {
  const salt = randomBytes(32);
  const bytes = new TextEncoder().encode(canonicalJson({ ...content, salt: salt.toString('base64url') }));
  return {
    sealed: seal(keyOf(serverKey, home), associationOf(home, place), bytes),
    commitment: new Uint8Array(createHmac('sha256', salt).update(input).digest()),
  };
}

const salted = z.object({ salt: z.string() });

function openFrom<T extends object>(
  serverKey: Uint8Array,
  home: Home,
  place: Place,
  sealed: Uint8Array,
  schema: z.ZodMiniType<T>,
): T & { readonly salt: Uint8Array } {
  const bytes = unseal(keyOf(serverKey, home), associationOf(home, place), sealed);
  const content: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const salt = new Uint8Array(Buffer.from(salted.parse(content).salt, 'base64url'));
  return { ...schema.parse(content), salt };
}

const submissionContent = z.object({ sheet: sheetSchema });
const voteContent = z.object({ answer: answerSchema });

export function sealSubmission(
  serverKey: Uint8Array,
  home: Home,
  participantId: string,
  sheet: Sheet,
): SealedContent {
  const input = commitmentInput({ sessionId: home.session.id, participantId, sheet });
  return sealIn(serverKey, home, { participantId, rowId: participantId }, input, { sheet });
}

/** @throws where it was changed, or is another's */
export function openSubmission(
  serverKey: Uint8Array,
  home: Home,
  { participantId, sealed }: { readonly participantId: string; readonly sealed: Uint8Array },
): { readonly sheet: Sheet; readonly salt: Uint8Array } {
  return openFrom(serverKey, home, { participantId, rowId: participantId }, sealed, submissionContent);
}

export function sealVote(
  serverKey: Uint8Array,
  home: Home,
  { revoteId, participantId, answer }: { revoteId: string; participantId: string; answer: Answer },
): SealedContent {
  const input = voteInput({ sessionId: home.session.id, revoteId, participantId, answer });
  return sealIn(serverKey, home, { participantId, rowId: revoteId }, input, { answer });
}

/** @throws where it was changed, or is another's or another re-vote's */
export function openVote(
  serverKey: Uint8Array,
  home: Home,
  row: { readonly revoteId: string; readonly participantId: string; readonly sealed: Uint8Array },
): { readonly answer: Answer; readonly salt: Uint8Array } {
  const { revoteId, participantId, sealed } = row;
  return openFrom(serverKey, home, { participantId, rowId: revoteId }, sealed, voteContent);
}
