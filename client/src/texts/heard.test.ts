import type { SessionShared } from '@attune/contract';
import { describe, expect, it } from 'vitest';
import { heard } from './heard.ts';

const shared = {
  status: 'scoring',
  facilitator: { memberId: 'ana', name: 'Ana' },
  participants: [{ id: 'p-ben', memberId: 'ben', name: 'Ben', state: 'scoring' }],
  lobby: [{ id: 'e', memberId: 'zoe', name: 'Zoë', askedAt: '2026-03-01T09:00:00.000Z' }],
  discussion: null,
} as unknown as SessionShared;
const say = (
  type: 'knocked' | 'device-asked',
  viewer: { facilitates: boolean; participantId: string | null },
) => heard([{ type, byMemberId: null, participantId: 'p-ben' }], shared, viewer);

describe('what is said aloud of coming in', () => {
  it('[J1] a knock is news for the facilitator alone', () => {
    expect(say('knocked', { facilitates: true, participantId: null })).toEqual(['Zoë waits to join.']);
    expect(say('knocked', { facilitates: false, participantId: 'p-ben' })).toEqual([]);
  });

  it('[J2] a further device is news for the facilitator and for whose invite it is', () => {
    expect(say('device-asked', { facilitates: true, participantId: null })).toHaveLength(1);
    expect(say('device-asked', { facilitates: false, participantId: 'p-ben' })[0]).toContain(
      'your invitation',
    );
    expect(say('device-asked', { facilitates: false, participantId: 'p-chloe' })).toEqual([]);
  });
});
