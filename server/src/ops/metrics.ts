// Numbers for whoever runs the server, in Prometheus' text format. No name, no id, and nothing that depends on what anyone
// answers or types in a sealed sheet (live.md 4.1); memory and processor time are the machine's to tell for the same reason.
import { createHash, timingSafeEqual } from 'node:crypto';

/** What the numbers are taken from, read at each request. */
export interface MetricsSources {
  readonly hub: {
    readonly connections: number;
    readonly open: { readonly sessions: number; readonly documents: number };
    /** Waiting for slow readers of meetings and feeds, in bytes. */
    readonly bufferedBytes: number;
    readonly counters: {
      readonly accepted: number;
      readonly frames: number;
      readonly closed: ReadonlyMap<string, number>;
      readonly refused: ReadonlyMap<number, number>;
    };
  };
  readonly journal: {
    /** Since when the oldest update waits for its commit, in milliseconds; 0 where none does. */
    readonly waitingMs: number;
  };
  readonly health: { readonly databaseHangs: boolean };
  readonly jobs: {
    /** Tries that failed so far, by kind. */
    readonly failed: ReadonlyMap<string, number>;
    readonly givenUp: number;
    /** How long the oldest has waited for its turn, in milliseconds; 0 for what every job waits. */
    readonly overdueMs: number;
  };
}

export interface Metrics {
  /** Whether a request's `Authorization` header carries the token. Takes as long for every wrong one. */
  allows(authorization: string | undefined): boolean;
  countReply(status: number): void;
  /** The page. */
  write(): string;
}

/** Shorter waits are what every commit takes. */
const shortestWaitMs = 1_000;

export function createMetrics(token: string, sources: MetricsSources, startedAt: Date): Metrics {
  const failures = new Map<number, number>([
    [500, 0],
    [503, 0],
  ]);
  const expected = digest(`Bearer ${token}`);
  return {
    allows: (authorization) => timingSafeEqual(digest(authorization ?? ''), expected),
    countReply(status) {
      if (status >= 500) failures.set(status, (failures.get(status) ?? 0) + 1);
    },
    write() {
      const { hub, journal, health, jobs } = sources;
      const { counters } = hub;
      const waitingMs = journal.waitingMs < shortestWaitMs ? 0 : journal.waitingMs;
      return [
        gauge('start_time_seconds', 'When the server was started, in Unix time.', startedAt.getTime() / 1000),
        gauge('sockets', 'Sockets open now.', hub.connections),
        counter('sockets_accepted_total', 'Sockets taken so far.', counters.accepted),
        family('sockets_closed_total', 'Sockets closed by the server, by reason.', 'reason', counters.closed),
        family(
          'upgrades_refused_total',
          'Sockets refused at the door, by HTTP status.',
          'status',
          counters.refused,
        ),
        counter(
          'frames_total',
          'Frames read on sockets of meetings and feeds; those of sealed sheets are not counted.',
          counters.frames,
        ),
        gauge('buffered_bytes', 'Waiting for slow readers of meetings and feeds.', hub.bufferedBytes),
        gauge('sessions_open', 'Sessions in memory.', hub.open.sessions),
        gauge('documents_open', 'Documents in memory.', hub.open.documents),
        gauge(
          'journal_waiting_seconds',
          'How long the oldest edit has waited to be stored; 0 below a second.',
          waitingMs / 1000,
        ),
        gauge('database_hangs', '1 while the database does not answer.', health.databaseHangs ? 1 : 0),
        family('job_failures_total', 'Tries of jobs that failed so far, by kind.', 'kind', jobs.failed),
        gauge('jobs_given_up', 'Jobs that failed too often and lie in the table.', jobs.givenUp),
        gauge(
          'jobs_overdue_seconds',
          'How long the oldest job has waited for its turn; 0 below a minute.',
          jobs.overdueMs / 1000,
        ),
        family('http_failures_total', 'Replies of 5xx, by status.', 'status', failures),
      ].join('');
    },
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();

function head(name: string, help: string, type: 'gauge' | 'counter'): string {
  return `# HELP attune_${name} ${help}\n# TYPE attune_${name} ${type}\n`;
}

const gauge = (name: string, help: string, value: number) =>
  `${head(name, help, 'gauge')}attune_${name} ${value}\n`;
const counter = (name: string, help: string, value: number) =>
  `${head(name, help, 'counter')}attune_${name} ${value}\n`;

function family(
  name: string,
  help: string,
  label: string,
  values: ReadonlyMap<string | number, number>,
): string {
  const lines = [...values].map(([key, value]) => `attune_${name}{${label}="${key}"} ${value}\n`);
  return head(name, help, 'counter') + lines.sort().join('');
}
