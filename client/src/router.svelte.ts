// The address of this tab, and walks from one to another. Only this file touches `history`; screens use `href`, `router.go` and
// `router.filter`. A walk to an address that another page of the product shows loads that page.
import { forget, recall, remember } from './lib/tab-memory.ts';
import { type Match, matchPath, pageOf, type Query, withQuery } from './paths.ts';

export { href } from './paths.ts';

/** The page this code runs in. */
const here = pageOf(location.pathname);
/** Under which a walk to another page tells that page, which is loaded whole, that it was walked to. */
const walked = 'walked-to';
const isText = (value: unknown) => typeof value === 'string';

/** Whether this page was walked to from another of the product's, rather than opened. */
function wasWalkedTo(): boolean {
  const to = recall(walked, isText);
  forget(walked);
  return to === location.pathname;
}

class Router {
  /** Whether the next heading takes the focus: after a walk to another screen, not where a page is opened or loaded again. */
  #headingDue = wasWalkedTo();
  #isCutOff = $state.raw(false);
  #url = $state.raw(new URL(location.href));
  #match = $state.raw(matchPath(location.pathname));

  constructor() {
    addEventListener('popstate', () => this.#arrive());
    addEventListener('online', () => {
      this.#isCutOff = false;
    });
  }

  /** The path of the address and its parameters, `null` where no path leads. */
  get match(): Match | null {
    return this.#match;
  }

  get pathname(): string {
    return this.#url.pathname;
  }

  /** The filters in the address. Read only; change them with `filter`. */
  get query(): URLSearchParams {
    return this.#url.searchParams;
  }

  /** The last walk led to another page, and there was no network to load it. Until there is one, or a walk within this page. */
  get isCutOff(): boolean {
    return this.#isCutOff;
  }

  /**
   * Opens an address made by `href` (or one of this origin given whole). Without a network another page is not opened: the browser
   * would put its own error page in the place of what is typed here.
   */
  go(to: string, { replace = false } = {}): void {
    const { pathname } = new URL(to, location.href);
    if (pageOf(pathname) !== here) {
      if (this.leaves(pathname)) location[replace ? 'replace' : 'assign'](to);
      return;
    }
    history[replace ? 'replaceState' : 'pushState'](null, '', to);
    this.#arrive();
  }

  /** Gets ready to load another page. @returns whether it can be: without a network it is said, and this page stays */
  leaves(pathname: string): boolean {
    this.#isCutOff = !navigator.onLine;
    if (!this.#isCutOff) remember(walked, pathname);
    return !this.#isCutOff;
  }

  /** Changes filters in the address, keeping the others, the focus and the place on the page. */
  filter(change: Query, { push = false } = {}): void {
    const kept = Object.fromEntries(new URLSearchParams(location.search));
    const to = withQuery(location.pathname, { ...kept, ...change });
    history[push ? 'pushState' : 'replaceState'](null, '', to);
    this.#arrive();
  }

  /** True once after each walk to another screen: the heading that asks first takes the focus. */
  takeHeading(): boolean {
    const due = this.#headingDue;
    this.#headingDue = false;
    return due;
  }

  /** The heading that took the focus has gone with it, as where a page has loaded: the next one takes it. */
  passHeadingOn(): void {
    this.#headingDue = true;
  }

  #arrive(): void {
    const before = this.#url.pathname;
    this.#url = new URL(location.href);
    if (this.#url.pathname !== before) {
      this.#match = matchPath(this.#url.pathname);
      this.#headingDue = true;
      this.#isCutOff = false;
      scrollTo(0, 0);
    }
  }
}

export const router = new Router();

/**
 * Turns clicks on links to this page's own addresses into walks without a reload; without a network a link to another page stays
 * where it is. Returns what stops it.
 */
export function interceptLinks(root: HTMLElement): () => void {
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link?.href || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || matchPath(url.pathname) === null) return;
    if (url.pathname === location.pathname && url.search === location.search && url.hash) return;
    if (pageOf(url.pathname) !== here) {
      if (!router.leaves(url.pathname)) event.preventDefault();
      return;
    }
    event.preventDefault();
    router.go(url.pathname + url.search + url.hash);
  };
  root.addEventListener('click', onClick);
  return () => root.removeEventListener('click', onClick);
}
