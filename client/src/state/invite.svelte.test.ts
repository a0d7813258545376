import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

vi.stubGlobal('location', { origin: 'http://localhost', hash: '' });
vi.stubGlobal('navigator', { onLine: true });
const { Invite } = await import('./invite.svelte.ts');

const token = 't'.repeat(43);
const asking = { state: 'asking', requestId: 'r', secret: 'w'.repeat(43), name: 'Ben' };
let opened: unknown = asking;
/** What the server says of the request; an error stands for a lost network. */
let claim: unknown = { state: 'asking' };
let opens = 0;

beforeEach(() => {
  vi.useFakeTimers();
  opened = asking;
  claim = { state: 'asking' };
  opens = 0;
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  vi.stubGlobal('fetch', async (url: string) => {
    if (url.endsWith('/claim')) {
      if (claim instanceof Error) throw claim;
      return Response.json(claim);
    }
    opens += 1;
    return Response.json(opened);
  });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('opening a personal invite', () => {
  it('[J2] the first device is in at once', async () => {
    opened = { state: 'in', sessionId: 's' };
    const invite = new Invite(token);
    await invite.open();
    expect(invite.step).toEqual({ kind: 'in', sessionId: 's' });
  });

  it('[J2] a link that lost a part on its way is incomplete, and uses nothing up', async () => {
    const invite = new Invite(token.slice(1));
    await invite.open();
    expect(invite.step).toEqual({ kind: 'incomplete' });
    expect(opens).toBe(0);
  });

  it('[J2] another device is let in also where the browser keeps nothing', async () => {
    const blocked = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    vi.stubGlobal('sessionStorage', { getItem: blocked, setItem: blocked, removeItem: blocked });
    const invite = new Invite(token);
    await invite.open();
    expect(invite.step).toMatchObject({ kind: 'asking', name: 'Ben' });
    const stop = invite.wait();
    claim = { state: 'in', sessionId: 's' };
    await vi.advanceTimersByTimeAsync(2_000);
    expect(invite.step).toEqual({ kind: 'in', sessionId: 's' });
    stop();
  });

  it('[J2] another device waits for a yes, and a reload goes on with the same asking', async () => {
    const before = new Invite(token);
    await before.open();
    expect(before.step).toEqual({ kind: 'asking', name: 'Ben', isOffline: false });
    const invite = new Invite(token);
    await invite.open();
    expect(opens).toBe(1);
    const stop = invite.wait();
    await vi.advanceTimersByTimeAsync(2_100);
    expect(invite.step.kind).toBe('asking');
    claim = { state: 'in', sessionId: 's' };
    await vi.advanceTimersByTimeAsync(2_100);
    stop();
    expect(invite.step).toEqual({ kind: 'in', sessionId: 's' });
  });

  it('[J2] a lost network is said, and ends nothing', async () => {
    const invite = new Invite(token);
    await invite.open();
    const stop = invite.wait();
    claim = new TypeError('no network');
    await vi.advanceTimersByTimeAsync(2_100);
    expect(invite.step).toEqual({ kind: 'asking', name: 'Ben', isOffline: true });
    claim = { state: 'refused' };
    await vi.advanceTimersByTimeAsync(2_100);
    stop();
    expect(invite.step).toEqual({ kind: 'refused' });
  });

  it('[J2] what was asked with one invite is not answered for another', async () => {
    await new Invite(token).open();
    opened = { state: 'in', sessionId: 'other' };
    const other = new Invite('o'.repeat(43));
    await other.open();
    expect(other.step).toEqual({ kind: 'in', sessionId: 'other' });
  });
});
