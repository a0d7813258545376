import type { JoinPeek, JoinState } from '@attune/contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';

vi.stubGlobal('location', { origin: 'http://localhost', hash: '' });
vi.stubGlobal('navigator', { onLine: true });
const { Joining, scores, stepOf } = await import('./joining.svelte.ts');

const own: JoinState = {
  sessionId: 's',
  sessionName: 'Week 12',
  memberId: 'zoe',
  name: 'Zoë',
  status: 'scoring',
  place: 'waiting',
  participantId: null,
};
const peek: JoinPeek = {
  sessionName: 'Week 12',
  organisation: 'Harbourline',
  facilitator: 'Ana Souza',
  status: 'scoring',
  guests: true,
  member: null,
};

/** Replies by method and path; what is not there is answered 404, as the server does. */
let replies: Record<string, unknown> = {};
let asked: string[] = [];
beforeEach(() => {
  replies = {};
  asked = [];
  vi.stubGlobal('fetch', async (url: string, { method = 'GET' }: RequestInit) => {
    const call = `${method} ${new URL(url).pathname}`;
    asked.push(call);
    const reply = replies[call];
    if (reply instanceof Error) throw reply;
    const dead = { type: '/problems/link-not-valid', title: 'No', status: 404 };
    return reply === undefined
      ? Response.json(dead, { status: 404, headers: { 'content-type': 'application/problem+json' } })
      : Response.json(reply);
  });
});

describe('coming in by a join link', () => {
  it('[J1] who waits in a session that is over waits no longer', () => {
    expect(stepOf(own)).toEqual({ kind: 'waiting', own });
    expect(stepOf({ ...own, status: 'closed' })).toEqual({ kind: 'gone' });
    expect(stepOf({ ...own, place: 'observer' }).kind).toBe('in');
    expect(stepOf({ ...own, place: 'turned-away' }).kind).toBe('turned-away');
  });

  it('[J1] a participant lands on the scoring page before the reveal, on the board after it; who watches, on the board', () => {
    expect(scores({ place: 'participant', status: 'draft' })).toBe(true);
    expect(scores({ place: 'participant', status: 'scoring' })).toBe(true);
    expect(scores({ place: 'participant', status: 'review' })).toBe(false);
    expect(scores({ place: 'observer', status: 'scoring' })).toBe(false);
  });

  it('[J1] a link that works is looked at once, and asks nothing of a browser that nobody is known by', async () => {
    replies['POST /api/join/peek'] = peek;
    const joining = new Joining('t'.repeat(43));
    await joining.look();
    expect(joining.step).toEqual({ kind: 'deciding', peek });
    expect(joining.facilitator).toBe('Ana Souza');
    expect(asked).toEqual(['POST /api/join/peek']);
  });

  it('[J1] a link that lost a part on its way is incomplete, and the server is not asked about it', async () => {
    for (const text of ['', 'nonsense', 't'.repeat(42), `${'t'.repeat(42)}.`]) {
      const joining = new Joining(text);
      await joining.look();
      expect(joining.step).toEqual({ kind: 'incomplete' });
    }
    expect(asked).not.toContain('POST /api/join/peek');
  });

  it('[J1] a reload in the lobby goes on waiting, also where the link has ended since', async () => {
    replies['GET /api/join/state'] = own;
    const ended = new Joining('t'.repeat(43));
    await ended.look();
    expect(ended.step).toEqual({ kind: 'waiting', own });
    replies['POST /api/join/peek'] = { ...peek, member: { name: 'Zoë', whyNot: null } };
    const living = new Joining('t'.repeat(43));
    await living.look();
    expect(living.step).toEqual({ kind: 'waiting', own });
  });

  it('[J1] a guest of another session is nobody to this link', async () => {
    replies['POST /api/join/peek'] = peek;
    replies['GET /api/join/state'] = { ...own, sessionId: 'another' };
    const joining = new Joining('t'.repeat(43));
    await joining.look();
    expect(joining.step.kind).toBe('deciding');
  });

  it('[J1] says what is wrong with a dead link, an incomplete one, and a lost network', async () => {
    const dead = new Joining('t'.repeat(43));
    await dead.look();
    expect(dead.step).toMatchObject({ kind: 'failed', problem: { slug: 'link-not-valid' } });
    const incomplete = new Joining('');
    await incomplete.look();
    expect(incomplete.step).toEqual({ kind: 'incomplete' });
    replies['POST /api/join/peek'] = new TypeError('no network');
    const cut = new Joining('t'.repeat(43));
    await cut.look();
    expect(cut.step).toMatchObject({ kind: 'failed', problem: { slug: 'unreachable' } });
    replies['POST /api/join/peek'] = peek;
    await cut.look();
    expect(cut.step.kind).toBe('deciding');
  });

  it('[J1] asking leads into the lobby; a refusal leaves the form, with its problem', async () => {
    replies['POST /api/join/peek'] = peek;
    const joining = new Joining('t'.repeat(43));
    await joining.look();
    await joining.join('Zoë');
    expect(joining.step.kind).toBe('deciding');
    expect(joining.problem?.slug).toBe('link-not-valid');
    replies['POST /api/join'] = own;
    await joining.join('Zoë');
    expect(joining.step).toEqual({ kind: 'waiting', own });
    expect(joining.problem).toBeNull();
  });
});
