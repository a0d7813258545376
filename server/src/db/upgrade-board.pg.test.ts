// Calibrations of the version before: board and transcript lie apart from the session from the upgrade on, and say the same.
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FreshDatabase } from '../../../test/support/postgres.ts';
import { databaseBefore, insertCalibration } from '../../../test/support/upgrade.ts';
import { migrate } from './migrate.ts';

/** The last migration of the version whose sessions held everything in one row. */
const lastBefore = '0011_jobs';

let database: FreshDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await databaseBefore(lastBefore);
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
});

afterAll(async () => {
  await sql?.end();
  await database?.drop();
});

it('[C8] [C2] board, flags and transcript of every calibration come along, the flags in the order of the board', async () => {
  const lines = [
    { speaker: 'Agent', second: 0, text: 'Hello' },
    { speaker: null, second: null, text: 'Hello, it’s about “my” invoice' },
  ];
  const flags = { q1: true, q2: false, q3: true };
  const questions = Object.entries(flags).map(([questionId, flagged]) => ({ questionId, flagged }));
  const board = { layout: 1, order: ['q3', 'q1', 'q2'], questions };
  const calm = { layout: 1, order: ['q1'], questions: [{ questionId: 'q1', flagged: false }] };
  const draft = await insertCalibration(sql, { status: 'draft', transcript: lines, board: null });
  const review = await insertCalibration(sql, { status: 'review', transcript: [], board });
  const closed = await insertCalibration(sql, { status: 'closed', transcript: lines, board: calm });

  expect(await migrate(database.url)).toBeGreaterThan(0);

  const rows = await sql`
    select id, transcript_lines as count, flagged_question_ids as flagged, board, lines
    from session left join session_board on session_board.session_id = id
    left join session_transcript on session_transcript.session_id = id`;
  const found = new Map(rows.map(({ id, ...row }) => [id, { ...row }]));
  expect(found.get(draft.session)).toEqual({ count: 2, flagged: null, board: null, lines });
  expect(found.get(review.session)).toEqual({ count: 0, flagged: ['q3', 'q1'], board, lines: null });
  expect(found.get(closed.session)).toEqual({ count: 2, flagged: [], board: calm, lines });
  const owners = await sql`select organisation_id as organisation from session_board order by session_id`;
  const expected = [review, closed].sort((one, other) => (one.session < other.session ? -1 : 1));
  expect(owners.map(({ organisation }) => organisation)).toEqual(
    expected.map(({ organisation }) => organisation),
  );
});
