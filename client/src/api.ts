// The server's HTTP interface, typed by its own routes. Whatever fails becomes an ApiProblem; a repeat of a command is
// safe, because each press carries a key of its own. No other file calls `fetch`.
import type { InputError, ProblemSlug } from '@attune/contract';
import type { Api } from '@attune/server/api';
import type { ClientResponse } from 'hono/client';
import { newCommandId } from './lib/ids.ts';
import { ownTab } from './lib/own-tab.ts';
import { typedRoutes } from './lib/typed-routes.ts';
import { fieldWords, knownSlug, type LocalSlug, wordsOf } from './texts/problems.ts';

const patienceMs = 15_000;
const pauseMs = 400;

/** What kept a request from succeeding, in words: `title` and `detail` can be shown as they are. */
export class ApiProblem extends Error {
  readonly slug: ProblemSlug | LocalSlug;
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  readonly title: string;
  readonly detail: string | null;
  readonly errors: readonly InputError[];
  /** The body as it came: `refusal` and whatever else lets one mend it; `again`: seconds until it is worth another try. */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(slug: string, status = 0, body: Readonly<Record<string, unknown>> = {}) {
    const known = knownSlug(slug);
    const words = wordsOf(known);
    const told = (name: string) => (typeof body[name] === 'string' ? body[name] : null);
    // What this page has no words for may bring the server's own.
    const title = (known === 'unknown' ? told('title') : null) ?? words.title;
    super(title);
    this.name = 'ApiProblem';
    this.slug = known;
    this.status = status;
    this.title = title;
    this.detail = (known === 'unknown' ? told('detail') : null) ?? words.detail ?? null;
    this.errors = Array.isArray(body.errors) ? body.errors.filter(isInputError) : [];
    this.extensions = body;
  }

  /** The sentence for one field, by JSON pointer (`/name`), `null` when it is fine. */
  at(pointer: string): string | null {
    const error = this.errors.find((one) => one.pointer === pointer);
    return error ? fieldWords(error) : null;
  }
}

const isInputError = (value: unknown): value is InputError =>
  typeof value === 'object' && value !== null && 'pointer' in value && 'code' in value && 'detail' in value;

/** Any failure as a problem: a bug in the page counts as unknown. */
export function asProblem(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem('unknown');
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  const body: unknown = isJson ? await response.json().catch(() => null) : null;
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const type = typeof fields.type === 'string' ? fields.type : '';
  const byStatus: Record<number, LocalSlug | ProblemSlug> = {
    401: 'not-signed-in',
    403: 'not-allowed',
    404: 'not-found',
    429: 'too-many-requests',
    500: 'internal',
    502: 'unreachable',
    503: 'unavailable',
    504: 'timeout',
  };
  const slug = type.includes('/problems/') ? type.replace(/^.*\/problems\//, '') : byStatus[response.status];
  const again = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem(slug ?? 'unknown', response.status, again > 0 ? { ...fields, again } : fields);
}

/** Called when the server says that nobody is signed in; the frame sets it. */
let onSignedOut = () => {};
export const whenSignedOut = (act: () => void) => {
  onSignedOut = act;
};

/** Called with the name of who is signed in, where that is another than this tab was opened as; the frame sets it. */
let onOtherSignIn = (_name: string) => {};
export const whenOtherSignIn = (act: (name: string) => void) => {
  onOtherSignIn = act;
};

/** Called with the configured address when this page was opened at another one, where nothing works; the frame sets it. */
let onElsewhere = (_address: string) => {};
export const whenElsewhere = (act: (address: string) => void) => {
  onElsewhere = act;
};

async function attempt(input: RequestInfo | URL, init: RequestInit | undefined): Promise<Response> {
  const patience = AbortSignal.timeout(patienceMs);
  const signal = init?.signal ? AbortSignal.any([init.signal, patience]) : patience;
  const headers = new Headers(init?.headers);
  for (const [name, value] of Object.entries(ownTab.headers))
    if (!headers.has(name)) headers.set(name, value);
  try {
    const response = await fetch(input, { ...init, headers, signal, credentials: 'same-origin' });
    const address = response.headers.get('attune-address');
    if (address && address !== location.origin) onElsewhere(address);
    return response;
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    if (!navigator.onLine) throw new ApiProblem('offline');
    throw new ApiProblem(patience.aborted ? 'timeout' : 'unreachable');
  }
}

/** `fetch` that throws an ApiProblem for every failure, and tries once more where a repeat changes nothing. */
export async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers);
  const repeatable = (init?.method ?? 'GET') === 'GET' || headers.has('idempotency-key');
  let response: Response;
  try {
    response = await attempt(input, init);
  } catch (error) {
    if (!repeatable || !(error instanceof ApiProblem) || error.slug !== 'unreachable') throw error;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    response = await attempt(input, init);
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.slug === 'not-signed-in') onSignedOut();
  if (problem.slug === 'other-sign-in') onOtherSignIn(String(problem.extensions.signedInAs ?? ''));
  throw problem;
}

/** The routes under `/api`: `answer(api.me.$get())`. */
export const api = typedRoutes<Api>(`${globalThis.location?.origin ?? ''}/api`, send);

/** What the server answered. @throws {ApiProblem} for everything that is not a success */
export async function answer<T>(pending: Promise<ClientResponse<T>>): Promise<T> {
  const response = await pending;
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** The second argument of a command: `api.sessions.$post({ json }, command())`. Keep the result to repeat the same press. */
export const command = (id = newCommandId()) => ({ headers: { 'Idempotency-Key': id } });

/**
 * Posts JSON to a path that the typed client does not know: the accounts under `/api/auth`.
 * @throws {ApiProblem}
 */
export async function post(path: string, body: unknown): Promise<void> {
  await send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** The files that the board's pages are made of; none where the pages were not built. Never rejects. */
export async function boardFiles(): Promise<readonly string[]> {
  try {
    const files: unknown = await (await attempt('/board.json', undefined)).json();
    return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [];
  } catch {
    return [];
  }
}
