import { describe, expect, it } from 'vitest';
import type { Sheet } from './answer.ts';
import { canonicalJson, toHex } from './canonical.ts';
import { compareKept, type Verifiable, verifyChain, verifyCommitments, verifyLists } from './commitments.ts';
import { type AuditEntry, auditInput, commitmentInput, firstAuditInput, voteInput } from './proof.ts';
import { hashes } from './record.fixture.ts';
import { fullSheet } from './session/session.fixture.ts';
import { verifyRecord } from './verify.ts';

type First = Verifiable & { readonly format: 'attune-record/1' };

async function goodRecord(): Promise<First> {
  const sessionId = 'session';
  const sheets: Record<string, Sheet> = {
    ana: fullSheet,
    ben: { a: fullSheet.a ?? { answer: null, comment: '', evidence: [] } },
  };
  const people = await Promise.all(
    Object.entries(sheets).map(async ([participantId, sheet], index) => {
      const salt = new Uint8Array(32).fill(index + 1);
      const commitment = await hashes.hmacSha256(
        salt,
        commitmentInput({ version: 1, sessionId, participantId, sheet }),
      );
      return { participantId, state: 'submitted' as const, commitment: toHex(commitment), salt: toHex(salt) };
    }),
  );
  const commitments = people.map(({ participantId, commitment }) => ({ participantId, commitment }));
  const revote = { revoteId: 'again', participantId: 'ana', answer: { kind: 'na' } as const };
  const voteSalt = new Uint8Array(32).fill(9);
  const vote = toHex(await hashes.hmacSha256(voteSalt, voteInput({ sessionId, ...revote })));
  const events = [
    { type: 'scoring-started' },
    { type: 'submitted', participantId: 'ben', commitment: '11'.repeat(32) },
    { type: 'taken-back', participantId: 'ben' },
    ...commitments.map((one) => ({ type: 'submitted', ...one })),
    { type: 'revealed', commitments },
    { type: 'voted', revoteId: 'again', participantId: 'ana', commitment: '22'.repeat(32) },
    { type: 'voted', revoteId: 'again', participantId: 'ana', commitment: vote },
    {
      type: 'revote-revealed',
      revoteId: 'again',
      commitments: [{ participantId: 'ana', commitment: vote }],
    },
    { type: 'resolved' },
  ];
  const entries: AuditEntry[] = events.map((event, index) => ({
    sequence: index + 1,
    at: `2026-03-02T10:0${index}:00.000Z`,
    byMemberId: 'lea',
    byName: 'Lea',
    event,
  }));
  let head = await hashes.sha256(firstAuditInput(sessionId));
  const log: (AuditEntry & { hash: string })[] = [];
  for (const entry of entries) {
    head = await hashes.sha256(auditInput(1, head, entry));
    log.push({ ...entry, hash: toHex(head) });
  }
  const blank = { answer: null, comment: '', evidence: [] };
  return {
    format: 'attune-record/1',
    sessionId,
    people: [...people, { participantId: 'cho', state: 'excused', commitment: null, salt: null }],
    questions: ['a', 'b'].map((questionId) => ({
      questionId,
      revotes:
        questionId === 'a'
          ? [
              {
                revoteId: 'again',
                votes: [
                  {
                    participantId: 'ana',
                    answer: { kind: 'na' } as const,
                    commitment: vote,
                    salt: toHex(voteSalt),
                  },
                ],
              },
            ]
          : [],
      answers: ['ana', 'ben'].map((participantId) => ({
        participantId,
        ...(sheets[participantId]?.[questionId] ?? blank),
      })),
    })),
    log,
    auditHead: toHex(head),
  };
}

describe('a record of /1', () => {
  it('[X1] what nobody touched verifies, as it stands and out of its exported JSON', async () => {
    const record = await goodRecord();
    const fine = { differing: [], reach: 'answers', withheld: 0 };
    expect(await verifyRecord(record, hashes)).toEqual(fine);
    expect(await verifyRecord(JSON.parse(canonicalJson(record)), hashes)).toEqual(fine);
  });

  const people = (record: First, change: Partial<First['people'][number]>): First => ({
    ...record,
    people: record.people.map((person) =>
      person.participantId === 'ana' ? { ...person, ...change } : person,
    ),
  });
  const changes: readonly [string, (record: First) => First, readonly string[]][] = [
    [
      'an answer changed',
      (record) => ({
        ...record,
        questions: record.questions.map((question) => ({
          ...question,
          answers: question.answers.map((given) =>
            given.participantId === 'ana' ? { ...given, comment: 'kinder' } : given,
          ),
        })),
      }),
      ['ana'],
    ],
    [
      'an answer taken out',
      (record) => ({ ...record, questions: record.questions.slice(1) }),
      ['ana', 'ben'],
    ],
    ['a salt changed', (record) => people(record, { salt: '00'.repeat(32) }), ['ana']],
    ['a salt that is none', (record) => people(record, { salt: 'ZZ' }), ['ana']],
    ['a commitment taken away', (record) => people(record, { commitment: null }), ['ana']],
    [
      'a commitment and its salt taken away',
      (record) => people(record, { commitment: null, salt: null }),
      ['ana'],
    ],
    ['a submission passed off as excused', (record) => people(record, { state: 'excused' }), ['ana']],
    [
      'a person taken out whose answers stay',
      (record) => ({
        ...record,
        people: record.people.filter(({ participantId }) => participantId !== 'ana'),
      }),
      ['ana'],
    ],
    ['the session exchanged', (record) => ({ ...record, sessionId: 'other' }), ['ana', 'ben']],
  ];
  for (const [name, change, bad] of changes) {
    it(`[X1] shows ${name}`, async () => {
      expect(await verifyCommitments(change(await goodRecord()), hashes)).toEqual(bad);
    });
  }

  const withEvent = (type: string, change: object) => (record: First) => ({
    ...record,
    log: record.log.map((entry) => {
      const event = entry.event as { readonly type: string };
      return event.type === type ? { ...entry, event: { ...event, ...change } } : entry;
    }),
  });
  const other = 'ff'.repeat(32);
  const lists: readonly [string, (record: First) => First, readonly string[]][] = [
    ['nothing where nobody touched it', (record) => record, []],
    [
      'a commitment published that is not the one fixed at submission',
      (record) => people(record, { commitment: other }),
      ['ana'],
    ],
    [
      'a list at the reveal that names another commitment than the submission did',
      withEvent('revealed', { commitments: [{ participantId: 'ana', commitment: other }] }),
      ['ana', 'ben'],
    ],
    ['a submission the log does not know', withEvent('submitted', { commitment: undefined }), ['ana', 'ben']],
    ['a log without its list', withEvent('revealed', { commitments: undefined }), ['ana', 'ben']],
    ['a log that is none', (record) => ({ ...record, log: [] }), ['ana', 'ben']],
    [
      'a person left out of the record who had submitted',
      (record) => ({
        ...record,
        people: record.people.filter(({ participantId }) => participantId !== 'ben'),
      }),
      ['ben'],
    ],
    ['a vote the log does not know', withEvent('voted', { commitment: undefined }), ['ana']],
    ['a re-vote whose list is another', withEvent('revote-revealed', { commitments: 'none' }), ['ana']],
  ];
  for (const [name, change, bad] of lists) {
    it(`[X1] shows ${name} in the lists of commitments`, async () => {
      const changed = change(await goodRecord());
      expect([...new Set(verifyLists(changed))]).toEqual(bad);
      const { differing } = await verifyRecord(changed, hashes);
      expect(differing).toEqual(
        expect.arrayContaining(bad.map((participantId) => ({ part: 'answers', participantId }))),
      );
    });
  }

  it('[X1] a commitment kept on a device is the published one, an earlier one, or proof that the record is another', async () => {
    const record = await goodRecord();
    const kept = (commitment: string) => compareKept(record, { participantId: 'ben', commitment });
    expect(kept(record.people[1]?.commitment ?? '')).toBe('same');
    expect(kept('11'.repeat(32))).toBe('earlier');
    expect(kept(record.people[0]?.commitment ?? '')).toBe('different');
  });

  const logs: readonly [string, (record: First) => First, number][] = [
    [
      'an entry changed',
      (record) => ({
        ...record,
        log: record.log.map((entry, index) => (index === 1 ? { ...entry, byName: 'Max' } : entry)),
      }),
      2,
    ],
    [
      'an entry taken out of the middle',
      (record) => ({ ...record, log: record.log.filter((_, at) => at !== 1) }),
      2,
    ],
    ['two entries exchanged', (record) => ({ ...record, log: [...record.log].reverse() }), 1],
    ['the last entry cut off', (record) => ({ ...record, log: record.log.slice(0, -1) }), 10],
    ['a log emptied', (record) => ({ ...record, log: [] }), 1],
    ['another head', (record) => ({ ...record, auditHead: '00'.repeat(32) }), 11],
    ["another session's log", (record) => ({ ...record, sessionId: 'other' }), 1],
  ];
  for (const [name, change, brokenAt] of logs) {
    it(`[X1] shows ${name} in the log`, async () => {
      expect(await verifyChain(change(await goodRecord()), hashes)).toBe(brokenAt);
    });
  }
});
