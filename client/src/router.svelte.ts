// The address and the screen it names: typed paths, screens loaded when first opened, the History API.
// Only this file touches `history`; screens use `href`, `router.go` and `router.filter`.
import type { RouteParams } from 'regexparam';
import type { Component } from 'svelte';
import { decoded } from './lib/decoded.ts';

type Loaded<P extends string> = Promise<{ default: Component<RouteParams<P>> }>;

/** `frame`: the rail, or nothing around the screen. `open`: may be seen without a sign-in. */
interface Options {
  readonly frame?: 'rail' | 'bare';
  readonly open?: boolean;
}

/** A path with its screen. The parameters in the path are the screen's props. */
export interface Route extends Required<Options> {
  readonly path: string;
  readonly pattern: RegExp;
  readonly keys: readonly string[];
  readonly load: () => Promise<{ default: Component<Record<string, string>> }>;
}

/** `:id` in a path; a path has no other pattern. */
const parameter = /:(\w+)/g;

function route<P extends string>(path: P, load: () => Loaded<P>, options: Options = {}) {
  const keys = [...path.matchAll(parameter)].map(([, name = '']) => name);
  const pattern = new RegExp(`^${path.replace(parameter, '([^/]+)')}$`, 'i');
  // The pattern yields exactly the parameters the path's type names; here the two meet.
  const general = load as unknown as Route['load'];
  return { path, pattern, keys, load: general, frame: options.frame ?? 'rail', open: options.open ?? false };
}

type Screens = typeof import('./screens.ts').screens;
/** A screen of the list that is fetched apart: where all the others are is no part of an evaluator's first load. */
function screen<K extends keyof Screens>(name: K) {
  const load = async (): Promise<unknown> => (await import('./screens.ts')).screens[name]();
  // The list says what each name loads; TypeScript loses it on the way through a name it does not know.
  return load as () => ReturnType<Screens[K]>;
}

const bare: Options = { frame: 'bare', open: true };

export const routes = [
  route('/', screen('dashboard')),
  route('/sign-in', screen('signIn'), bare),
  route('/set-up', screen('setUp'), bare),
  route('/invitation', screen('invitation'), bare),
  route('/new-password', screen('newPassword'), bare),
  route('/join', () => import('./screens/Join.svelte'), bare),
  route('/invite', screen('invite'), bare),
  route('/calibrations', screen('calibrations')),
  route('/calibrations/new', screen('newCalibration')),
  route('/calibrations/:id', screen('session')),
  route('/calibrations/:id/score', () => import('./screens/Score.svelte'), { frame: 'bare' }),
  route('/records/:id', screen('record')),
  route('/scorecards', screen('scorecards')),
  route('/scorecards/:id', screen('scorecard')),
  route('/inbox', screen('inbox')),
  route('/people', screen('people')),
  route('/people/security-log', screen('securityLog')),
  route('/settings', screen('settings')),
] as const;

/** What stands where no route leads. */
export const notFound = screen('notFound');

export type Path = (typeof routes)[number]['path'];
/** Filters in the address; `null` and the empty text leave a name out. */
export type Query = Readonly<Record<string, string | null>>;
type Parameters<P extends Path> = keyof RouteParams<P> extends never
  ? [params?: Record<string, never>, query?: Query]
  : [params: RouteParams<P>, query?: Query];

function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  return search.size > 0 ? `${path}?${search}` : path;
}

/** The address of a screen: `href('/calibrations/:id', { id })`, `href('/calibrations', {}, { status: 'draft' })`. */
export function href<P extends Path>(path: P, ...[params, query]: Parameters<P>): string {
  const values: Readonly<Record<string, string>> = params ?? {};
  return withQuery(
    path.replace(parameter, (_, name: string) => values[name] ?? ''),
    query,
  );
}

/** A route with the parameters the address gave it. */
export interface Match {
  readonly route: Route;
  readonly params: Record<string, string>;
}

export function matchPath(pathname: string): Match | null {
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, '') : pathname;
  for (const found of routes) {
    const values = found.pattern.exec(path);
    if (!values) continue;
    const params = Object.fromEntries(found.keys.map((key, at) => [key, decoded(values[at + 1] ?? '')]));
    return { route: found, params };
  }
  return null;
}

class Router {
  /** Whether the next heading takes the focus: after a walk to another page, not on the first. */
  #headingDue = false;
  #url = $state.raw(new URL(location.href));
  #match = $state.raw(matchPath(location.pathname));

  constructor() {
    addEventListener('popstate', () => this.#arrive());
  }

  /** The route of the address and its parameters, `null` where there is no such page. */
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

  /** Opens an address made by `href` (or one of this origin given whole). */
  go(to: string, { replace = false } = {}): void {
    history[replace ? 'replaceState' : 'pushState'](null, '', to);
    this.#arrive();
  }

  /** Changes filters in the address, keeping the others, the focus and the place on the page. */
  filter(change: Query, { push = false } = {}): void {
    const kept = Object.fromEntries(new URLSearchParams(location.search));
    const to = withQuery(location.pathname, { ...kept, ...change });
    history[push ? 'pushState' : 'replaceState'](null, '', to);
    this.#arrive();
  }

  /** True once after each walk to another page: the heading that asks first takes the focus. */
  takeHeading(): boolean {
    const due = this.#headingDue;
    this.#headingDue = false;
    return due;
  }

  #arrive(): void {
    const before = this.#url.pathname;
    this.#url = new URL(location.href);
    if (this.#url.pathname !== before) {
      this.#match = matchPath(this.#url.pathname);
      this.#headingDue = true;
      scrollTo(0, 0);
    }
  }
}

export const router = new Router();

/** Turns clicks on links to our own pages into walks without a reload. Returns what stops it. */
export function interceptLinks(root: HTMLElement): () => void {
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link?.href || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || matchPath(url.pathname) === null) return;
    if (url.pathname === location.pathname && url.search === location.search && url.hash) return;
    event.preventDefault();
    router.go(url.pathname + url.search + url.hash);
  };
  root.addEventListener('click', onClick);
  return () => root.removeEventListener('click', onClick);
}
