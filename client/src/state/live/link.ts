// A connection as a pure machine: what it is, what it is called for people, when it tries again. No sockets, no clocks in
// here: time and chance come in with each event, so that every path can be tested.
export type LinkState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'connecting';
      readonly attempt: number;
      readonly since: number;
      /** A socket that has not opened by then is given up. */
      readonly giveUpAt: number;
    }
  | { readonly kind: 'open'; readonly attempt: number }
  | {
      readonly kind: 'waiting';
      readonly attempt: number;
      readonly since: number;
      readonly retryAt: number;
      /** The server asked to wait: a sign of the network does not shorten it. */
      readonly asked: boolean;
    }
  | { readonly kind: 'offline'; readonly attempt: number; readonly since: number }
  | { readonly kind: 'ended'; readonly code: number };

export type LinkEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  | { readonly type: 'opened' }
  /** The connection did useful work: back-off starts afresh. */
  | { readonly type: 'settled' }
  /** `code` is null when no close frame came: the network broke, or we gave the socket up. */
  | { readonly type: 'closed'; readonly code: number | null }
  | { readonly type: 'tick' }
  | { readonly type: 'online' }
  | { readonly type: 'offline' }
  | { readonly type: 'visible' };

/** The four words for people. */
export type LinkWord = 'live' | 'reconnecting' | 'offline' | 'ended';

/** A gap shorter than this is not mentioned. */
export const silentMs = 3_000;
/** Browsers wait for minutes on a network that swallows packets. */
export const connectMs = 10_000;
/** After this long without a connection it is called what it is: offline. */
const hopelessMs = 30_000;
/** The network broke: soon, then less often; never so seldom that a restart is over for long before it is noticed. */
const fast = { firstMs: 400, mostMs: 8_000, leastMs: 100 };
/** The server said "later" (45xx, 1012): wider, so that all of a room do not return at once. */
const slow = { firstMs: 2_000, mostMs: 30_000, leastMs: 500 };

const messageTooBig = 1009;
/** Whether coming again would end the same way. */
export const isFinal = (code: number | null): boolean =>
  code !== null && ((code >= 4400 && code < 4500) || code === messageTooBig);
const isLater = (code: number | null) => code !== null && ((code >= 4500 && code < 4600) || code === 1012);

/** Full jitter: anywhere between the least and the ladder's present height. @param chance in [0, 1) */
export function backOffMs(attempt: number, asked: boolean, chance: number): number {
  const ladder = asked ? slow : fast;
  const height = Math.min(ladder.mostMs, ladder.firstMs * 2 ** Math.min(attempt, 10));
  return ladder.leastMs + Math.round(chance * (height - ladder.leastMs));
}

const connecting = (attempt: number, since: number, now: number): LinkState => ({
  kind: 'connecting',
  attempt,
  since,
  giveUpAt: now + connectMs,
});

const sinceOf = (state: LinkState, now: number) => ('since' in state ? state.since : now);
const attemptOf = (state: LinkState) => ('attempt' in state ? state.attempt : 0);

/**
 * The state after an event. Events that mean nothing in a state leave it as it is.
 *
 * @param now milliseconds since the epoch
 * @param chance in [0, 1), for the jitter
 */
export function step(state: LinkState, event: LinkEvent, now: number, chance: number): LinkState {
  if (event.type === 'stop') return { kind: 'idle' };
  if (event.type === 'start') {
    return state.kind === 'idle' || state.kind === 'ended' ? connecting(0, now, now) : state;
  }
  if (state.kind === 'idle' || state.kind === 'ended') return state;
  const since = sinceOf(state, now);
  const attempt = attemptOf(state);
  const comeSoon = (): LinkState => ({
    kind: 'waiting',
    attempt: 0,
    since,
    retryAt: now + backOffMs(0, false, chance),
    asked: false,
  });
  switch (event.type) {
    case 'opened':
      return { kind: 'open', attempt };
    case 'settled':
      return state.kind === 'open' && attempt > 0 ? { kind: 'open', attempt: 0 } : state;
    case 'closed': {
      if (isFinal(event.code)) return { kind: 'ended', code: event.code ?? 0 };
      if (state.kind === 'offline' || state.kind === 'waiting') return state;
      const asked = isLater(event.code);
      const retryAt = now + backOffMs(attempt, asked, chance);
      return { kind: 'waiting', attempt: attempt + 1, since, retryAt, asked };
    }
    case 'tick':
      if (state.kind === 'connecting' && now >= state.giveUpAt)
        return step(state, { type: 'closed', code: null }, now, chance);
      return state.kind === 'waiting' && now >= state.retryAt ? connecting(attempt, since, now) : state;
    case 'offline':
      return { kind: 'offline', attempt, since };
    case 'online':
      // A socket on its way belongs to the network there was before.
      return state.kind === 'open' || (state.kind === 'waiting' && state.asked) ? state : comeSoon();
    case 'visible':
      return state.kind === 'waiting' && !state.asked
        ? { ...state, retryAt: Math.min(state.retryAt, now + backOffMs(0, false, chance)) }
        : state;
  }
}

/** What the connection is called now. Gaps under `silentMs` are not mentioned. */
export function wordOf(state: LinkState, now: number): LinkWord {
  switch (state.kind) {
    case 'idle':
    case 'open':
      return 'live';
    case 'ended':
      return 'ended';
    default: {
      const gapMs = now - state.since;
      if (gapMs < silentMs) return 'live';
      return state.kind === 'offline' || gapMs >= hopelessMs ? 'offline' : 'reconnecting';
    }
  }
}

/** When, in milliseconds since the epoch, the state or its word changes by itself; `null` for never. */
export function nextChange(state: LinkState, now: number): number | null {
  const moments: number[] = [];
  if ('since' in state) moments.push(state.since + silentMs, state.since + hopelessMs);
  const later = moments.filter((moment) => moment > now);
  if (state.kind === 'waiting') later.push(Math.max(state.retryAt, now));
  if (state.kind === 'connecting') later.push(Math.max(state.giveUpAt, now));
  return later.length > 0 ? Math.min(...later) : null;
}
