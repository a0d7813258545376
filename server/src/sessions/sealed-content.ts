// What is sealed until a reveal, submissions and votes: the content with a secret salt, encrypted, and beside it in the open the
// commitment which that salt keys (X1, X2). Only the reveals open others' content, and only a vote's owner their own.
import { createHmac, randomBytes } from 'node:crypto';
import { answerSchema, sheetSchema } from '@attune/contract';
import {
  type Answer,
  canonicalJson,
  commitmentInput,
  type EntryTexts,
  holdSheet,
  type Sheet,
  toHex,
  voteInput,
} from '@attune/domain';
import * as z from 'zod/mini';
import { type Association, seal, unseal, unwrapSessionKey } from '../documents/seal.ts';
import { hashUnder, holdValue } from './hold.ts';
import type { StoredSession } from './stored-session.ts';

/** What is stored of it before its reveal. */
export interface SealedContent {
  readonly sealed: Uint8Array;
  readonly commitment: Uint8Array;
}

/** The session it is of. */
type Home = Pick<StoredSession, 'organisationId' | 'wrappedKey' | 'proof'> & {
  readonly session: { readonly id: string };
};

/**
 * The layout of what is sealed: JSON of the salt, base64url, beside the content, and of a sheet that is proved by version 2 the salts
 * of its texts. Its associated data carries the same version.
 */
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

/** The salts of a sheet's texts by question, base64url. */
const textSalts = z.record(
  z.string(),
  z.object({ comment: z.optional(z.string()), text: z.optional(z.string()) }),
);
type TextSalts = z.infer<typeof textSalts>;

const submissionContent = z.object({ sheet: sheetSchema, texts: z.optional(textSalts) });
const voteContent = z.object({ answer: answerSchema });

export function sealSubmission(
  serverKey: Uint8Array,
  home: Home,
  participantId: string,
  sheet: Sheet,
): SealedContent {
  const place = { participantId, rowId: participantId };
  const whose = { sessionId: home.session.id, participantId };
  if (home.proof === 1)
    return sealIn(serverKey, home, place, commitmentInput({ ...whose, version: 1, sheet }), { sheet });
  const texts: TextSalts = {};
  const held = holdSheet(sheet, (questionId, at, text) => {
    const { hash, salt } = holdValue(text);
    texts[questionId] = { ...texts[questionId], [at]: Buffer.from(salt).toString('base64url') };
    return hash;
  });
  const input = commitmentInput({ ...whose, version: 2, sheet: held });
  return sealIn(serverKey, home, place, input, { sheet, texts });
}

/** @throws where it was changed, or is another's */
export function openSubmission(
  serverKey: Uint8Array,
  home: Home,
  { participantId, sealed }: { readonly participantId: string; readonly sealed: Uint8Array },
): {
  readonly sheet: Sheet;
  readonly salt: Uint8Array;
  readonly texts: Readonly<Record<string, EntryTexts>>;
} {
  const place = { participantId, rowId: participantId };
  const { sheet, salt, texts = {} } = openFrom(serverKey, home, place, sealed, submissionContent);
  return { sheet, salt, texts: textsOf(sheet, texts) };
}

/** Every text's hash with its salt, as they are published. */
function textsOf(sheet: Sheet, salts: TextSalts): Record<string, EntryTexts> {
  const held = (text: string, salt: string | undefined) => {
    if (salt === undefined) return undefined;
    const bytes = new Uint8Array(Buffer.from(salt, 'base64url'));
    return { hash: hashUnder(bytes, text), salt: toHex(bytes) };
  };
  return Object.fromEntries(
    Object.entries(salts).map(([questionId, own]): [string, EntryTexts] => {
      const { answer = null, comment = '' } = sheet[questionId] ?? {};
      const [said, written] = [
        held(comment, own.comment),
        held(answer?.kind === 'text' ? answer.text : '', own.text),
      ];
      return [questionId, { ...(said && { comment: said }), ...(written && { text: written }) }];
    }),
  );
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
