// A browser that somebody signed in with before, told by a cookie of the server's: wrong tries from elsewhere at the same account are
// counted apart from it. It lets nobody in, and names the account to nobody.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

const rememberedSeconds = 365 * 24 * 60 * 60;

export class KnownBrowsers {
  readonly #deps: { readonly serverKey: Uint8Array; readonly publicUrl: string };

  constructor(deps: { readonly serverKey: Uint8Array; readonly publicUrl: string }) {
    this.#deps = deps;
  }

  get #isSecure(): boolean {
    return this.#deps.publicUrl.startsWith('https:');
  }

  get #cookie(): string {
    return this.#isSecure ? '__Host-attune-known' : 'attune-known';
  }

  #keyed(...parts: string[]): string {
    const key = createHmac('sha256', this.#deps.serverKey).update('attune/browser/v1').digest();
    return createHmac('sha256', key).update(parts.join('\n')).digest('base64url');
  }

  /**
   * The browser's id, where it is a known one.
   * @param account only where it is this one that was signed in to
   */
  idOf(c: Context, account?: string): string | null {
    const [id = '', of = '', proof = ''] = (getCookie(c, this.#cookie) ?? '').split('.');
    const expected = Buffer.from(this.#keyed('browser', id, of));
    const given = Buffer.from(proof);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    return account === undefined || this.#keyed('account', account) === of ? id : null;
  }

  /** Somebody has signed in to the account with it. */
  remember(c: Context, account: string): void {
    if (this.idOf(c, account) !== null) return;
    const [id, of] = [randomBytes(12).toString('base64url'), this.#keyed('account', account)];
    setCookie(c, this.#cookie, `${id}.${of}.${this.#keyed('browser', id, of)}`, {
      httpOnly: true,
      sameSite: 'Lax',
      secure: this.#isSecure,
      path: '/',
      maxAge: rememberedSeconds,
    });
  }
}
