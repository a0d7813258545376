// How often something may be tried. The policy, all of it:
//
// - Only what failed is counted: an office may sign in and come in by links as fast as it likes. What is right is answered
//   also where wrong tries from the same source are told to wait.
// - A *source* is a browser that has signed in before (`known-browser.ts`), else the network (an address, an IPv6 /64).
// - Passwords are counted by account and source together. After five wrong ones the account waits for that source, and there alone:
//   5 s, then twice as long each time, up to 15 minutes. Where an account, or a network, is under fire from many (see the numbers),
//   one wrong try is enough for that, but for a source where the account has signed in already. So nobody can lock another
//   out from elsewhere: a source that has not failed lately always has its try. Who tries wrong passwords from the same network can
//   make a browser wait there that the account has never signed in with.
// - Links are 32 random bytes, which nobody guesses. Wrong ones in great number are told to wait; a good one is never.
// - What costs others something although it is right, such as a device that asks to be let in, has a budget per network.
// - Whoever sends hundreds of failing requests a minute to one route is refused there before their bodies are read, for the rest
//   of that minute.
// - Passwords are checked, and hashed, a few at once, the sources in turns.
//
// All of it is in this process's memory, and gone with a restart.
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import { callerNetwork } from './address.ts';
import { bodyRoute, bodyText, parseBody } from './body.ts';
import { KnownBrowsers } from './known-browser.ts';
import { ProblemError } from './problem.ts';
import type { RequestEnv } from './request.ts';
import { Turnstile } from './turnstile.ts';

const hourSeconds = 60 * 60;
/** Wrong passwords for an account from a source before it waits, and where many try. */
const freeTries = 5;
const freeTriesUnderFire = 1;
/** Wrong passwords within an hour, for an account from all unknown sources or of a network for all accounts, that are fire. */
const fireOnAccount = 50;
const fireOfNetwork = 100;
const firstWaitSeconds = 5;
const longestWaitSeconds = 15 * 60;
/** How long it is known where an account has signed in. */
const homeSeconds = 14 * 24 * hourSeconds;
/** Links that do not work, of one source, within ten minutes. */
const mostWrongLinks = 300;
const wrongLinksSeconds = 10 * 60;
const wrongLinkWaitSeconds = 10;
/** Failed requests of one source within a minute, after which none is read. */
const mostFailures = 600;
const failuresSeconds = 60;

/** Of a request that failed by its sender's doing. Not what one may not do, or came too late for. */
const isFailure = (status: number) => status >= 400 && status < 500 && status !== 403 && status !== 409;

export interface Limits {
  /**
   * Checks a password, or anything as guessable, when it is its turn, and counts it where it is wrong.
   *
   * @param account whose it is, as it was typed: an e-mail address, or an id
   * @param isRight `null` where it was neither: nothing is counted
   * @throws {ProblemError} 429 with the seconds to wait; also after a wrong one that makes the next wait
   */
  password<T>(
    c: Context,
    account: string,
    check: () => Promise<T>,
    isRight: (outcome: T) => boolean | null,
  ): Promise<T>;
  /**
   * Does work that costs as much as checking a password when it is the sender's turn.
   * @throws {ProblemError} 429 where too many wait already: nothing was done
   */
  turn<T>(c: Context, work: () => Promise<T>): Promise<T>;
  /** Somebody has signed in to the account with this browser, which counts for itself from now on. */
  remember(c: Context, account: string): void;
  /**
   * For what costs others something although it is right: so much of it in so long.
   * @throws {ProblemError} 429 with the seconds to wait
   */
  spend(who: string, budget: { readonly most: number; readonly seconds: number }): Promise<void>;
  /** Stands before every route that takes a body and is open to visitors. */
  readonly visitors: ReturnType<typeof createMiddleware<RequestEnv>>;
  /** Runs what a member asks for with a body. @throws {ProblemError} 429 before it is read, where they flood */
  member(c: Context, memberId: string, next: () => Promise<void>): Promise<void>;
}

function wait(milliseconds: number, detail: string): ProblemError {
  const retryAfterSeconds = Math.max(1, Math.ceil(milliseconds / 1_000));
  return new ProblemError('too-many-requests', { retryAfterSeconds, detail });
}

/** A counter of its own; the store is what changes where nodes share them. */
const counter = (keyPrefix: string, duration: number): RateLimiterAbstract =>
  new RateLimiterMemory({ keyPrefix, points: 1, duration });

async function countOf(of: RateLimiterAbstract, key: string): Promise<number> {
  return (await of.get(key))?.consumedPoints ?? 0;
}

const tooMany = 'Too many wrong tries. Wait, then try again.';

export function createLimits(deps: { readonly serverKey: Uint8Array; readonly publicUrl: string }): Limits {
  const browsers = new KnownBrowsers(deps);
  const turnstile = new Turnstile({ pending: 256, perSource: 2, atOnce: 3 });
  const tries = counter('tries', hourSeconds);
  const waits = counter('waits', longestWaitSeconds);
  const onAccount = counter('account', hourSeconds);
  const ofNetwork = counter('network', hourSeconds);
  const homes = counter('home', homeSeconds);
  const wrongLinks = counter('links', wrongLinksSeconds);
  const failures = counter('failures', failuresSeconds);
  const spent = counter('spent', hourSeconds);

  async function mustNotWait(pair: string): Promise<void> {
    const found = await waits.get(pair);
    if (found && found.msBeforeNext > 0) throw wait(found.msBeforeNext, tooMany);
  }

  async function countWrong(pair: string, account: string, network: string, isHome: boolean): Promise<void> {
    const { consumedPoints: made } = await tries.penalty(pair);
    if (!isHome) {
      await onAccount.penalty(account);
      await ofNetwork.penalty(network);
    }
    const isUnderFire =
      (await countOf(onAccount, account)) > fireOnAccount ||
      (await countOf(ofNetwork, network)) > fireOfNetwork;
    const free = isUnderFire && !isHome ? freeTriesUnderFire : freeTries;
    if (made < free) return;
    const seconds = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** Math.min(made - free, 10));
    await waits.block(pair, seconds);
    throw wait(seconds * 1_000, tooMany);
  }

  const limits: Limits = {
    async password(c, typed, check, isRight) {
      const account = accountKey(typed);
      const browser = browsers.idOf(c, account);
      const network = callerNetwork(c);
      const source = browser ?? network;
      const pair = `${account} ${source}`;
      await mustNotWait(pair);
      return inTurn(source, async () => {
        // Others may have come before, while it waited.
        await mustNotWait(pair);
        const outcome = await check();
        const isHome = browser !== null || (await countOf(homes, pair)) > 0;
        const right = isRight(outcome);
        if (right === false) await countWrong(pair, account, network, isHome);
        if (right) {
          await tries.delete(pair);
          await homes.set(pair, 1, homeSeconds);
        }
        return outcome;
      });
    },
    turn: (c, work) => inTurn(browsers.idOf(c) ?? callerNetwork(c), work),
    remember(c, typed) {
      browsers.remember(c, accountKey(typed));
    },
    async spend(who, { most, seconds }) {
      const { consumedPoints, msBeforeNext } = await spent.penalty(who, 1, { customDuration: seconds });
      if (consumedPoints > most)
        throw wait(msBeforeNext, 'Too many from your network. Wait, then try again.');
    },
    visitors: createMiddleware<RequestEnv>(async (c, next) => {
      if (!bodyRoute(c)?.isOpen) return next();
      const source = browsers.idOf(c) ?? callerNetwork(c);
      // By route: whoever floods one, such as the looks at join links, shuts nobody there out of the others.
      const flooding = `${source} ${c.req.path}`;
      await mustNotFlood(flooding);
      await next();
      await countFailure(flooding, c.res.status);
      if (c.res.status !== 404) return undefined;
      const { consumedPoints: wrong } = await wrongLinks.penalty(source);
      if (wrong <= mostWrongLinks) return undefined;
      throw wait(wrongLinkWaitSeconds * 1_000, tooMany);
    }),
    async member(c, memberId, next) {
      if (!bodyRoute(c)) return next();
      await mustNotFlood(memberId);
      await next();
      // What is not there (any more) is nobody's fault.
      if (c.res.status !== 404) await countFailure(memberId, c.res.status);
    },
  };

  async function inTurn<T>(source: string, work: () => Promise<T>): Promise<T> {
    const done: { outcome: T }[] = [];
    const hadTurn = await turnstile.pass(source, async () => {
      done.push({ outcome: await work() });
    });
    const [first] = done;
    if (!hadTurn || !first) throw wait(2_000, 'Too many sign in just now. Try again in a moment.');
    return first.outcome;
  }

  async function mustNotFlood(who: string): Promise<void> {
    const found = await failures.get(who);
    if (found && found.consumedPoints > mostFailures && found.msBeforeNext > 0)
      throw wait(found.msBeforeNext, 'Too many failing requests. Wait a minute, then try again.');
  }

  async function countFailure(who: string, status: number): Promise<void> {
    if (isFailure(status)) await failures.penalty(who);
  }

  return limits;
}

/** Of one length whatever was typed; upper and lower case are one account. */
const accountKey = (typed: string): string =>
  createHash('sha256').update(typed.trim().toLowerCase()).digest('base64url').slice(0, 22);

/** Limits a sign-in by e-mail address and password, which the rest of the chain answers. */
export function limitSignIn(limits: Limits) {
  return createMiddleware<RequestEnv>(async (c, next) => {
    const body = await parseBody(await bodyText(c));
    const hasName = typeof body === 'object' && body !== null && 'email' in body;
    const account = hasName && typeof body.email === 'string' ? body.email : '';
    const check = async () => {
      await next();
      return c.res.status;
    };
    const status = await limits.password(c, account, check, (answered) =>
      answered < 400 ? true : answered === 401 ? false : null,
    );
    if (status < 400) limits.remember(c, account);
  });
}
