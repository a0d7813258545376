import type { SessionSummary } from '@attune/contract';
import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../../api.ts';
import { CalibrationList, type ListQuery, type Page, queryOf } from './calibrations.svelte.ts';

const row = (at: number): SessionSummary => ({
  id: `id-${at}`,
  number: 1,
  name: `Session ${at}`,
  status: 'closed',
  scorecardName: 'Voice',
  scope: { kind: 'organisation' },
  clientName: null,
  lobName: null,
  facilitator: { memberId: 'ana', name: 'Ana' },
  submitted: 4,
  participants: 4,
  flagged: 0,
  interactionReference: null,
  meetingAt: null,
  dueAt: null,
  createdAt: '2026-03-01T09:00:00.000Z',
  statusAt: '2026-03-01T09:00:00.000Z',
  own: null,
});

/** A server with so many sessions, that counts what it is asked. */
function server(size: number) {
  const asked: ListQuery[] = [];
  const ask = async (query: ListQuery): Promise<Page> => {
    asked.push(query);
    const from = Number(query.cursor ?? 0);
    const to = Math.min(size, from + Number(query.limit));
    const sessions = Array.from({ length: to - from }, (_, at) => row(from + at));
    return { sessions, nextCursor: to < size ? String(to) : null };
  };
  return { asked, ask };
}

describe('the list of calibrations', () => {
  it('[C1] asks for what the address says, and for nothing empty or unknown', () => {
    const address = new URLSearchParams('status=draft,scoring&clientId=&utm=mail&order=asc');
    expect(queryOf(address)).toEqual({ status: 'draft,scoring', order: 'asc' });
  });

  it('[C1] asks for days as the address has them: which instants they are, the organisation’s time zone says', () => {
    const days = { from: '2026-03-01', to: '2026-03-31' };
    expect(queryOf(new URLSearchParams(days))).toEqual(days);
  });

  it('[C1] reads page after page, each row once', async () => {
    const { ask } = server(120);
    const list = new CalibrationList(ask);
    await list.load({ status: 'closed' });
    expect(list.rows).toHaveLength(50);
    await list.more();
    await list.more();
    expect(list.rows).toHaveLength(120);
    expect(new Set(list.rows?.map(({ id }) => id)).size).toBe(120);
    expect(list.hasMore).toBe(false);
  });

  it('[C1] keeps the filters on every page', async () => {
    const { ask, asked } = server(120);
    const list = new CalibrationList(ask);
    await list.load({ status: 'closed', text: 'cards' });
    await list.more();
    expect(asked.every(({ status, text }) => status === 'closed' && text === 'cards')).toBe(true);
  });

  it('[C1] never gets shorter by a hint, however much was loaded', async () => {
    const { ask } = server(260);
    const list = new CalibrationList(ask);
    await list.load({});
    while (list.hasMore) await list.more();
    await list.refresh();
    expect(list.rows).toHaveLength(260);
  });

  it('[C1] adds the page asked for although a hint comes while it is on its way', async () => {
    const { ask } = server(260);
    let release = () => {};
    const waits = new Promise<void>((resolve) => {
      release = resolve;
    });
    const list = new CalibrationList(async (query) => {
      if (query.cursor === '50') await waits;
      return ask(query);
    });
    await list.load({});
    const added = list.more();
    const read = list.refresh();
    release();
    await Promise.all([added, read]);
    expect(list.rows).toHaveLength(100);
    expect(list.isLoading).toBe(false);
  });

  it('[C1] adds one page, however often it is asked for while it is on its way', async () => {
    const { ask } = server(260);
    const list = new CalibrationList(ask);
    await list.load({});
    await Promise.all([list.more(), list.more()]);
    expect(list.rows).toHaveLength(100);
  });

  it('[C1] keeps what is shown when reading again fails, and says why', async () => {
    const { ask } = server(3);
    let isDown = false;
    const list = new CalibrationList(async (query) => {
      if (isDown) throw new ApiProblem('unreachable');
      return ask(query);
    });
    await list.load({});
    isDown = true;
    await list.refresh();
    expect(list.rows).toHaveLength(3);
    expect(list.problem?.slug).toBe('unreachable');
  });

  it('[C1] drops an answer that a newer question has overtaken', async () => {
    let release = () => {};
    const waits = new Promise<void>((resolve) => {
      release = resolve;
    });
    const list = new CalibrationList(async ({ text }) => {
      if (text === 'slow') await waits;
      return { sessions: [row(text === 'slow' ? 1 : 2)], nextCursor: null };
    });
    const slow = list.load({ text: 'slow' });
    await list.load({ text: 'fast' });
    release();
    await slow;
    expect(list.rows?.map(({ id }) => id)).toEqual(['id-2']);
  });
});
