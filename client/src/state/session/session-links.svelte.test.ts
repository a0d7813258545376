import { beforeEach, describe, expect, it, vi } from 'vitest';

vi.stubGlobal('location', { origin: 'http://localhost', hash: '' });
vi.stubGlobal('navigator', { onLine: true });
const { SessionLinksState } = await import('./session-links.svelte.ts');

const link = {
  url: 'http://localhost/join#t',
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-01-08T00:00:00Z',
};
let there: { join: typeof link | null; display: null; guests: boolean };
let asked: string[] = [];
beforeEach(() => {
  there = { join: null, display: null, guests: true };
  asked = [];
  vi.stubGlobal('fetch', async (_url: string, { method = 'GET' }: RequestInit) => {
    asked.push(method);
    return Response.json(method === 'POST' ? { ...there, join: link } : there);
  });
});

describe('the links of a session', () => {
  it('[J1] a first link is made where there is none', async () => {
    const links = new SessionLinksState('s');
    expect(await links.makeFirst('join')).toBeNull();
    expect(asked).toEqual(['GET', 'POST']);
    expect(links.links.value?.join).toEqual(link);
  });

  it('[J1] a link made on another device since is shown, and not ended by a second first one', async () => {
    const links = new SessionLinksState('s');
    await links.links.load();
    there = { ...there, join: link };
    expect(await links.makeFirst('join')).toBeNull();
    expect(asked).toEqual(['GET', 'GET']);
    expect(links.links.value?.join).toEqual(link);
  });
});
