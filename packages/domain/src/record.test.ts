import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildBoard } from './build-board.ts';
import { value } from './questions.fixture.ts';
import { buildRecord, type RecordRows, recordToJson } from './record.ts';
import { fullSheet, now, scorecard, settings } from './session/session.fixture.ts';

const ids = ['p1', 'p2', 'p3'];

const rows: RecordRows = {
  sessionId: 'session',
  status: 'closed',
  organisation: 'Centre',
  facilitator: 'Lea',
  settings,
  client: 'Acme',
  lob: null,
  scorecard,
  scorecardVersion: 2,
  people: [...ids, 'p4'].map((participantId) => ({
    participantId,
    memberId: `member-${participantId}`,
    name: participantId.toUpperCase(),
    guest: false,
    admittedBy: null,
    late: false,
    state: participantId === 'p4' ? 'excused' : 'submitted',
    submittedAt: participantId === 'p4' ? null : now,
    excusedReason: participantId === 'p4' ? 'ill' : null,
    commitment: participantId === 'p4' ? null : 'aa',
    openedByLinkAt: null,
    salt: participantId === 'p4' ? null : 'bb',
  })),
  answers: ids.flatMap((participantId) =>
    Object.entries(fullSheet).map(([questionId, entry]) => ({ participantId, questionId, ...entry })),
  ),
  revotes: [],
  outcomes: new Map([['a', { agreed: value(7), cause: 'wording' as const, note: null }]]),
  board: buildBoard({
    scorecard,
    thresholdHundredths: 1_000,
    participants: ids.map((id) => ({ id, sheet: fullSheet })),
  }),
  instants: { createdAt: now, scoringAt: now, reviewAt: now, resolvedAt: now, closedAt: now },
  log: [1, 2, 3].map((sequence) => ({
    sequence,
    at: now,
    byMemberId: 'lea',
    byName: 'Lea',
    event: { type: 'revealed' },
    hash: String(sequence),
  })),
  auditHead: '3',
};

describe('the record', () => {
  it('[C12] holds questions in scorecard order with answers, outcome and who was excused', () => {
    const record = buildRecord(rows);
    expect(record.format).toBe('attune-record/1');
    expect(record.scope).toEqual({ kind: 'client', clientId: 'acme', client: 'Acme', lob: null });
    expect(record.questions.map(({ questionId }) => questionId)).toEqual(['a', 'b']);
    expect(record.questions[0]).toMatchObject({ agreed: value(7), cause: 'wording', note: null });
    expect(record.questions[1]).toMatchObject({ agreed: null, cause: null, note: null });
    expect(record.questions[0]?.answers).toHaveLength(3);
    expect(record.people.at(-1)).toMatchObject({ participantId: 'p4', excusedReason: 'ill' });
  });

  it('[C12] rows in any order give the same bytes', () => {
    const expected = recordToJson(buildRecord(rows));
    const mixed = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
    fc.assert(
      fc.property(mixed(rows.people), mixed(rows.answers), mixed(rows.log), (people, answers, log) => {
        expect(recordToJson(buildRecord({ ...rows, people, answers, log }))).toBe(expected);
      }),
    );
  });

  it('[C12] its JSON reads back as the same record', () => {
    const record = buildRecord(rows);
    expect(JSON.parse(recordToJson(record))).toEqual(record);
  });
});
