// Putting people out of a session: what is lost; and names of guests that deserve a second look.
import type { LikeName } from '@attune/contract';
import { isRevealed, type SessionStatus } from '@attune/domain';
import { list } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';
import { named } from './guest.ts';

export const putOut = {
  /** What is lost depends on where the session stands, and on whether they score. */
  consequence: (status: SessionStatus, scores: boolean, guest: boolean): string => {
    const who = guest ? 'guest' : 'member';
    if (!scores || status === 'draft') return m.putOut_leaves({ who });
    return isRevealed(status) ? m.putOut_keeps({ who }) : m.putOut_discards({ who });
  },
  out: (names: readonly string[]) => m.putOut_out({ names: list(names) }),
} as const;

export const lobbyCare = {
  /** Why a name deserves a second look. */
  like: (like: readonly LikeName[]) =>
    m.lobbyCare_like({ people: list([...new Set(like.map((one) => m.lobbyCare_likeness(one)))]) }),
  turnAwayTitle: (name: string) => m.lobbyCare_turnAwayTitle({ name: named({ name, guest: true }) }),
} as const;

export const excusedPage = {
  text: (facilitator: string, reason: string, mayReturn: boolean) =>
    mayReturn
      ? m.excusedPage_textMayReturn({ facilitator, reason })
      : m.excusedPage_text({ facilitator, reason }),
} as const;
