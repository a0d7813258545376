// How often something was tried within the last window, in this process's memory. Holds no secret and outlives no restart.

export interface Attempts {
  /** Counts an attempt at `nowMs`; `false` where `most` were made within the window already. */
  take(key: string, nowMs: number): boolean;
}

/** Keys remembered at once; beyond, those whose window has passed are forgotten, then the oldest. */
const mostKeys = 10_000;

export function createAttempts({ most, windowMs }: { most: number; windowMs: number }): Attempts {
  const counts = new Map<string, { made: number; endsMs: number }>();
  return {
    take(key, nowMs) {
      const found = counts.get(key);
      if (found && found.endsMs > nowMs) {
        found.made += 1;
        return found.made <= most;
      }
      counts.delete(key);
      if (counts.size >= mostKeys) {
        for (const [old, { endsMs }] of counts) if (endsMs <= nowMs) counts.delete(old);
        const [oldest] = counts.keys();
        if (counts.size >= mostKeys && oldest !== undefined) counts.delete(oldest);
      }
      counts.set(key, { made: 1, endsMs: nowMs + windowMs });
      return most > 0;
    },
  };
}
