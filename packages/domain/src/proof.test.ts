import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Sheet } from './answer.ts';
import {
  type AuditEntry,
  auditInput,
  canonicalJson,
  commitmentInput,
  compareKept,
  firstAuditInput,
  fromHex,
  type Hashes,
  toHex,
  type Verifiable,
  verifyChain,
  verifyCommitments,
  verifyLists,
  verifyRecord,
  voteInput,
} from './proof.ts';
import { fullSheet } from './session/session.fixture.ts';

const hashes: Hashes = {
  sha256: async (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  hmacSha256: async (key, bytes) => new Uint8Array(createHmac('sha256', key).update(bytes).digest()),
};

describe('canonical JSON, RFC 8785', () => {
  it('[X1] writes the example of section 3.2.2 and 3.2.3 byte for byte', () => {
    const given = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(given)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('[X1] sorts keys by UTF-16 code units, as the example of section 3.2.3', () => {
    const given = JSON.parse(String.raw`{
      "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis"
    }`);
    expect(Object.values(JSON.parse(canonicalJson(given)))).toHaveLength(7);
    expect(canonicalJson(given).match(/:"[^"]*"/g)).toEqual(
      [
        'Carriage Return',
        'One',
        'Control',
        'Latin Small Letter O With Diaeresis',
        'Euro Sign',
        'Emoji: Grinning Face',
        'Hebrew Letter Dalet With Dagesh',
      ].map((name) => `:"${name}"`),
    );
  });

  const doubles: readonly [string, string][] = [
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ];
  for (const [bits, expected] of doubles) {
    it(`[X1] number sample of appendix B: ${bits} is ${expected}`, () => {
      const value = new DataView(fromHex(bits).buffer as ArrayBuffer).getFloat64(0);
      expect(canonicalJson(value)).toBe(expected);
    });
  }

  it('[X1] refuses what JSON cannot say, rather than proving something else', () => {
    const bad = [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      1n,
      undefined,
      () => 0,
      Symbol('x'),
      new Date(0),
      new Map(),
      '\ud800',
      { '\udc00': 1 },
    ];
    for (const value of bad) expect(() => canonicalJson(value), String(value)).toThrow(TypeError);
    expect(canonicalJson({ b: undefined, a: [undefined, ''] })).toBe('{"a":[null,""]}');
  });
});

describe('what is hashed', () => {
  const submission = { sessionId: 's', participantId: 'p', sheet: fullSheet };
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
    expect(textOf(auditInput(new Uint8Array([65, 66]), entry))).toBe(
      'attune/audit/v1\0AB{"at":"t","byMemberId":null,"byName":"","event":{"type":"revealed"},"sequence":1}',
    );
  });

  it('[X1] hexadecimal goes there and back, and anything else is refused', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(fromHex(toHex(bytes))).toEqual(bytes);
    for (const bad of ['0', 'AB', 'zz', ' 00']) expect(() => fromHex(bad)).toThrow(RangeError);
  });
});

async function goodRecord(): Promise<Verifiable> {
  const sessionId = 'session';
  const sheets: Record<string, Sheet> = {
    ana: fullSheet,
    ben: { a: fullSheet.a ?? { answer: null, comment: '', evidence: [] } },
  };
  const people = await Promise.all(
    Object.entries(sheets).map(async ([participantId, sheet], index) => {
      const salt = new Uint8Array(32).fill(index + 1);
      const commitment = await hashes.hmacSha256(salt, commitmentInput({ sessionId, participantId, sheet }));
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
    head = await hashes.sha256(auditInput(head, entry));
    log.push({ ...entry, hash: toHex(head) });
  }
  const blank = { answer: null, comment: '', evidence: [] };
  return {
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

describe('verifying a record', () => {
  it('[X1] what nobody touched verifies, as it stands and out of its exported JSON', async () => {
    const record = await goodRecord();
    const fine = { badCommitments: [], brokenAt: null };
    expect(await verifyRecord(record, hashes)).toEqual(fine);
    expect(await verifyRecord(JSON.parse(canonicalJson(record)), hashes)).toEqual(fine);
  });

  const people = (record: Verifiable, change: Partial<Verifiable['people'][number]>): Verifiable => ({
    ...record,
    people: record.people.map((person) =>
      person.participantId === 'ana' ? { ...person, ...change } : person,
    ),
  });
  const changes: readonly [string, (record: Verifiable) => Verifiable, readonly string[]][] = [
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

  const withEvent = (type: string, change: object) => (record: Verifiable) => ({
    ...record,
    log: record.log.map((entry) => {
      const event = entry.event as { readonly type: string };
      return event.type === type ? { ...entry, event: { ...event, ...change } } : entry;
    }),
  });
  const other = 'ff'.repeat(32);
  const lists: readonly [string, (record: Verifiable) => Verifiable, readonly string[]][] = [
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
      expect((await verifyRecord(changed, hashes)).badCommitments).toEqual(expect.arrayContaining([...bad]));
    });
  }

  it('[X1] a commitment kept on a device is the published one, an earlier one, or proof that the record is another', async () => {
    const record = await goodRecord();
    const kept = (commitment: string) => compareKept(record, { participantId: 'ben', commitment });
    expect(kept(record.people[1]?.commitment ?? '')).toBe('same');
    expect(kept('11'.repeat(32))).toBe('earlier');
    expect(kept(record.people[0]?.commitment ?? '')).toBe('different');
  });

  const logs: readonly [string, (record: Verifiable) => Verifiable, number][] = [
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
