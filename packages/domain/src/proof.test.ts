import { describe, expect, it } from 'vitest';
import type { Sheet } from './answer.ts';
import { type AuditEntry, auditInput, commitmentInput } from './proof.ts';
import { fullSheet } from './session/session.fixture.ts';

describe('what is hashed', () => {
  const submission = { version: 1 as const, sessionId: 's', participantId: 'p', sheet: fullSheet };
  const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  it('[X1] a commitment is over its purpose, a zero byte, and the canonical submission', () => {
    expect(textOf(commitmentInput({ ...submission, sheet: {} }))).toBe(
      'attune/commit/v1\0{"participantId":"p","sessionId":"s","sheet":{}}',
    );
    const reordered: Sheet = Object.fromEntries(Object.entries(fullSheet).reverse());
    expect(commitmentInput({ ...submission, sheet: reordered })).toEqual(commitmentInput(submission));
  });

  it('[X1] a log entry is over its purpose, the hash before it and the canonical entry', () => {
    const entry: AuditEntry = {
      sequence: 1,
      at: 't',
      byMemberId: null,
      byName: '',
      event: { type: 'revealed' },
    };
    expect(textOf(auditInput(1, new Uint8Array([65, 66]), entry))).toBe(
      'attune/audit/v1\0AB{"at":"t","byMemberId":null,"byName":"","event":{"type":"revealed"},"sequence":1}',
    );
  });
});
