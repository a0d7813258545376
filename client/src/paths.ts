// The addresses of the product, and which of its two pages shows each: the evaluator's (join and score), or the main one.
// Nothing is loaded here: what an address shows is for its page to say.
import type { RouteParams } from 'regexparam';
import { decoded } from './lib/decoded.ts';

/** What the evaluator's page shows; the server sends that page for them (server/src/http/static.ts). */
const evaluatorPaths = ['/join', '/calibrations/:id/score'] as const;

const mainPaths = [
  '/',
  '/sign-in',
  '/set-up',
  '/invitation',
  '/new-password',
  '/invite',
  '/calibrations',
  '/calibrations/new',
  '/calibrations/:id',
  '/records/:id',
  '/scorecards',
  '/scorecards/:id',
  '/scorecards/:id/edit',
  '/scorecards/:id/compare',
  '/inbox',
  '/organisation',
  '/organisation/people',
  '/organisation/clients',
  '/organisation/settings',
  '/organisation/security-log',
  '/people',
  '/people/:page',
  '/settings',
] as const;

export type EvaluatorPath = (typeof evaluatorPaths)[number];
export type MainPath = (typeof mainPaths)[number];
export type Path = EvaluatorPath | MainPath;
export type Page = 'evaluator' | 'main';

/** `:id` in a path; a path has no other pattern. */
const parameter = /:(\w+)/g;

const patterns = [...mainPaths, ...evaluatorPaths].map((path) => ({
  path,
  pattern: new RegExp(`^${path.replace(parameter, '([^/]+)')}$`, 'i'),
  keys: [...path.matchAll(parameter)].map(([, name = '']) => name),
}));

/** A path with the parameters the address gave it. */
export interface Match {
  readonly path: Path;
  readonly params: Readonly<Record<string, string>>;
}

/** `null` where no path leads. */
export function matchPath(pathname: string): Match | null {
  const trimmed = pathname.length > 1 ? pathname.replace(/\/+$/, '') : pathname;
  for (const { path, pattern, keys } of patterns) {
    const values = pattern.exec(trimmed);
    if (!values) continue;
    return { path, params: Object.fromEntries(keys.map((key, at) => [key, decoded(values[at + 1] ?? '')])) };
  }
  return null;
}

export const isMainPath = (path: Path): path is MainPath => !isEvaluatorPath(path);
export const isEvaluatorPath = (path: Path): path is EvaluatorPath =>
  evaluatorPaths.some((one) => one === path);

/** The page that shows an address; where no path leads, the main one says so. */
export function pageOf(pathname: string): Page {
  const match = matchPath(pathname);
  return match && isEvaluatorPath(match.path) ? 'evaluator' : 'main';
}

/** Filters in the address; `null` and the empty text leave a name out. */
export type Query = Readonly<Record<string, string | null>>;
type Parameters<P extends Path> = keyof RouteParams<P> extends never
  ? [params?: Record<string, never>, query?: Query]
  : [params: RouteParams<P>, query?: Query];

export function withQuery(path: string, query: Query = {}): string {
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
