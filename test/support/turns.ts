// How long the loop is kept from everyone else, as processor time: a busy machine makes waiting longer, not work. For a server in
// the test's own process.

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** The most processor time that one turn of the loop took while this was done. */
export async function longestTurn<T>(act: () => Promise<T>): Promise<{ ms: number; outcome: T }> {
  let longest = 0;
  let before = cpuMs();
  let isOver = false;
  const look = () => {
    const now = cpuMs();
    longest = Math.max(longest, now - before);
    before = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  const outcome = await act();
  isOver = true;
  return { ms: longest, outcome };
}

/** What reading, parsing and writing this JSON takes here and now: the median of some times. */
export function theWorkOfOne(text: string): number {
  const times = Array.from({ length: 9 }, () => {
    const from = cpuMs();
    JSON.stringify(JSON.parse(Buffer.from(text).toString('utf8')));
    return cpuMs() - from;
  });
  return times.sort((a, b) => a - b)[4] ?? 0;
}
