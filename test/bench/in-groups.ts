// Opens many sockets, a few at a time: a server works on so many of one address, and the rest would come back again and again.
import { until } from '../support/rooms.ts';

const atOnce = 10;
const patienceMs = 120_000;

export async function openInGroups<Of, Opened>(
  all: readonly Of[],
  open: (one: Of, at: number) => Opened,
  isOpen: (opened: Opened) => boolean,
): Promise<Opened[]> {
  const opened: Opened[] = [];
  while (opened.length < all.length) {
    const from = opened.length;
    opened.push(...all.slice(from, from + atOnce).map((one, at) => open(one, from + at)));
    await until('everyone is in', () => opened.every(isOpen), patienceMs);
  }
  return opened;
}
