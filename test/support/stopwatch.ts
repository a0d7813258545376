// Time as a test of haste may count it: without what others took of the machine. A guest of a busy host, or a runner that shares its
// cores, would otherwise be told that the product is slow.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';

/** Of `/proc/stat`, in milliseconds. */
const tickMs = 10;

export interface Elapsed {
  readonly wallMs: number;
  /** Of these: this process had work and no core, or its core was the host's. */
  readonly lostMs: number;
}

/** Starts counting; the returned function tells what has passed since. */
export function stopwatch(): () => Elapsed {
  const from = performance.now();
  const utilization = performance.eventLoopUtilization();
  const cpu = process.cpuUsage();
  const stolen = stolenMs();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    const waited = performance.eventLoopUtilization(utilization).active - (user + system) / 1000;
    return {
      wallMs: performance.now() - from,
      lostMs: Math.max(0, waited) + (stolenMs() - stolen) / availableParallelism(),
    };
  };
}

/** What the host has kept of all cores since it started; 0 where the system does not say. */
function stolenMs(): number {
  try {
    const [, , , , , , , , steal] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/) ?? [];
    return Number(steal ?? 0) * tickMs;
  } catch {
    return 0;
  }
}
