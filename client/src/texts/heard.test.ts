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
  type: 'knocked' | 'place-entered',
  viewer: { facilitates: boolean; participantId: string | null },
) => heard([{ type, byMemberId: null, participantId: 'p-ben' }], shared, viewer);

describe('what is said aloud of coming in', () => {
  it('[J1] a knock is news for the facilitator alone', () => {
    expect(say('knocked', { facilitates: true, participantId: null })).toEqual(['Zoë waits to join.']);
    expect(say('knocked', { facilitates: false, participantId: 'p-ben' })).toEqual([]);
  });

  it('[J2] another browser in one’s place is news for oneself alone', () => {
    expect(say('place-entered', { facilitates: false, participantId: 'p-ben' })).toHaveLength(1);
    expect(say('place-entered', { facilitates: true, participantId: null })).toEqual([]);
    expect(say('place-entered', { facilitates: false, participantId: 'p-chloe' })).toEqual([]);
  });
});
