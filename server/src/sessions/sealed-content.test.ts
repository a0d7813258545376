// Sealed content: what is kept opens again, also as it was written before, and a commitment is to exactly what was sealed.
import { createHmac } from 'node:crypto';
import {
  type Answer,
  commitmentInput,
  fromHex,
  heldInput,
  holdSheet,
  type Sheet,
  toHex,
  voteInput,
} from '@attune/domain';
import { describe, expect, it } from 'vitest';
import { newSessionKey, seal, wrapSessionKey } from '../documents/seal.ts';
import { openSubmission, openVote, sealSubmission, sealVote } from './sealed-content.ts';

const serverKey = new Uint8Array(32).fill(3);
const name = { organisationId: 'home', sessionId: 'march' };
const key = newSessionKey();
const stored = {
  organisationId: name.organisationId,
  session: { id: name.sessionId },
  wrappedKey: wrapSessionKey(serverKey, name, key),
  proof: 2 as const,
};
const answer: Answer = { kind: 'text', text: 'Asked twice. Ö' };
const sheet: Sheet = { a: { answer, comment: 'at once', evidence: [{ kind: 'second', second: 4 }] } };
const participantId = 'ana';
const revoteId = 'again';

const hmac = (salt: Uint8Array, input: Uint8Array) =>
  new Uint8Array(createHmac('sha256', salt).update(input).digest());

describe('sealed content', () => {
  it('[X1] a submission opens to its sheet and to the 32-byte salt that its commitment was made with', () => {
    const { sealed, commitment } = sealSubmission(serverKey, stored, participantId, sheet);
    const opened = openSubmission(serverKey, stored, { participantId, sealed });
    const held = holdSheet(sheet, (questionId, place) => opened.texts[questionId]?.[place]?.hash ?? '');
    const input = commitmentInput({ version: 2, sessionId: name.sessionId, participantId, sheet: held });
    expect(opened.sheet).toEqual(sheet);
    expect(opened.salt).toHaveLength(32);
    expect(commitment).toEqual(hmac(opened.salt, input));
  });

  it('[X1] each text of a submission has a salt of its own, which opens with it', () => {
    const { sealed } = sealSubmission(serverKey, stored, participantId, sheet);
    const { comment, text } = openSubmission(serverKey, stored, { participantId, sealed }).texts.a ?? {};
    const hashOf = (salt: string | null | undefined, value: string) =>
      toHex(hmac(fromHex(salt ?? ''), heldInput(value)));
    expect(comment?.hash).toBe(hashOf(comment?.salt, 'at once'));
    expect(text?.hash).toBe(hashOf(text?.salt, 'Asked twice. Ö'));
    expect(comment?.salt).toMatch(/^[0-9a-f]{64}$/);
    expect(comment?.salt).not.toBe(text?.salt);
  });

  it('[X1] in a session that is proved by version 1 the commitment is over the sheet as it is', () => {
    const { sealed, commitment } = sealSubmission(serverKey, { ...stored, proof: 1 }, participantId, sheet);
    const { salt, texts } = openSubmission(serverKey, stored, { participantId, sealed });
    const input = commitmentInput({ version: 1, sessionId: name.sessionId, participantId, sheet });
    expect(commitment).toEqual(hmac(salt, input));
    expect(texts).toEqual({});
  });

  it('[X1] a vote opens to its answer and to the salt that its commitment was made with', () => {
    const { sealed, commitment } = sealVote(serverKey, stored, { revoteId, participantId, answer });
    const opened = openVote(serverKey, stored, { revoteId, participantId, sealed });
    const input = voteInput({ sessionId: name.sessionId, revoteId, participantId, answer });
    expect(opened.answer).toEqual(answer);
    expect(commitment).toEqual(hmac(opened.salt, input));
  });

  it('[X2] opens for nobody else, in no other session and for no other re-vote', () => {
    const submission = sealSubmission(serverKey, stored, participantId, sheet);
    const vote = sealVote(serverKey, stored, { revoteId, participantId, answer });
    const elsewhere = { ...stored, session: { id: 'april' } };
    expect(() => openSubmission(serverKey, stored, { ...submission, participantId: 'ben' })).toThrow();
    expect(() => openSubmission(serverKey, elsewhere, { ...submission, participantId })).toThrow();
    expect(() => openVote(serverKey, stored, { ...vote, participantId, revoteId: 'other' })).toThrow();
  });

  it('[X2] what an earlier version kept still opens: the salt as base64url beside the content, in any order', () => {
    const salt = Buffer.alloc(32, 0xfb);
    const kept = (rowId: string, content: object) =>
      seal(
        key,
        { ...name, participantId, rowId, version: 1 },
        new TextEncoder().encode(JSON.stringify({ salt: salt.toString('base64url'), ...content })),
      );
    const submission = { participantId, sealed: kept(participantId, { sheet }) };
    const vote = { participantId, revoteId, sealed: kept(revoteId, { answer }) };
    expect(openSubmission(serverKey, stored, submission)).toEqual({
      sheet,
      salt: new Uint8Array(salt),
      texts: {},
    });
    expect(openVote(serverKey, stored, vote)).toEqual({ answer, salt: new Uint8Array(salt) });
  });
});
