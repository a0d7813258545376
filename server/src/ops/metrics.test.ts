import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

const token = 'a-token-of-some-length';
const metrics = () =>
  createMetrics(
    token,
    {
      hub: {
        connections: 3,
        open: { sessions: 1, documents: 2 },
        bufferedBytes: 1_024,
        counters: {
          accepted: 7,
          frames: 41,
          closed: new Map([
            ['tooSlow', 1],
            ['malformed', 2],
          ]),
          refused: new Map([[403, 5]]),
        },
      },
      journal: { waitingMs: 900 },
      health: { databaseHangs: false },
      jobs: { failed: new Map([['due-near', 2]]), givenUp: 1, overdueMs: 90_000 },
    },
    new Date('2026-01-01T00:00:00Z'),
  );

describe('metrics', () => {
  it('[P4] are for whoever brings the token, whole, and for nobody else', () => {
    const { allows } = metrics();
    expect(allows(`Bearer ${token}`)).toBe(true);
    for (const wrong of [
      undefined,
      '',
      token,
      'Bearer ',
      `Bearer ${token} `,
      `Bearer ${token}x`,
      `bearer ${token}`,
    ])
      expect([wrong, allows(wrong)]).toEqual([wrong, false]);
  });

  it('[P4] are written one a line, each with its help and type, labels in a fixed order', () => {
    const page = metrics().write();
    expect(page).toContain('# TYPE attune_sockets gauge\nattune_sockets 3\n');
    expect(page).toContain(
      '# TYPE attune_sockets_closed_total counter\nattune_sockets_closed_total{reason="malformed"} 2\nattune_sockets_closed_total{reason="tooSlow"} 1\n',
    );
    expect(page).toContain('attune_upgrades_refused_total{status="403"} 5\n');
    expect(page).toContain('attune_job_failures_total{kind="due-near"} 2\n');
    expect(page).toContain('attune_jobs_given_up 1\n');
    expect(page).toContain('attune_jobs_overdue_seconds 90\n');
    for (const line of page.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) attune_[a-z_]+ .+|attune_[a-z_]+(\{[a-z]+="[\w-]+"\})? [\d.]+)$/);
  });

  it('[live 4.1] a wait that every commit takes is none: nobody sees single keystrokes in it', () => {
    expect(metrics().write()).toContain('attune_journal_waiting_seconds 0\n');
  });

  it('[P4] count replies of 5xx alone', () => {
    const counted = metrics();
    for (const status of [200, 404, 503, 503]) counted.countReply(status);
    expect(counted.write()).toContain(
      'attune_http_failures_total{status="500"} 0\nattune_http_failures_total{status="503"} 2\n',
    );
  });
});
