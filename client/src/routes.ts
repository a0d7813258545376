// What each address of the main page shows: its screen, loaded when first opened, and what stands around it.
import type { RouteParams } from 'regexparam';
import type { Component } from 'svelte';
import type { MainPath } from './paths.ts';

type Loaded<P extends string> = Promise<{ default: Component<RouteParams<P>> }>;

/** `frame`: the rail, or nothing around the screen. `open`: may be seen without a sign-in. */
interface Options {
  readonly frame?: 'rail' | 'bare';
  readonly open?: boolean;
}

/** A screen. The parameters in its path are its props. */
export interface Route extends Required<Options> {
  readonly load: () => Promise<{ default: Component<Record<string, string>> }>;
}

function route<P extends MainPath>(_path: P, load: () => Loaded<P>, options: Options = {}): Route {
  // The path's pattern yields exactly the parameters that the path's type names; here the two meet.
  const general = load as unknown as Route['load'];
  return { load: general, frame: options.frame ?? 'rail', open: options.open ?? false };
}

/** Where the organisation's pages stood before, and where its first one stands. */
const moved = () => import('./screens/Moved.svelte');

const bare: Options = { frame: 'bare', open: true };

export const routes: Readonly<Record<MainPath, Route>> = {
  '/': route('/', () => import('./screens/Dashboard.svelte')),
  '/sign-in': route('/sign-in', () => import('./screens/SignIn.svelte'), bare),
  '/set-up': route('/set-up', () => import('./screens/SetUp.svelte'), bare),
  '/invitation': route('/invitation', () => import('./screens/Invitation.svelte'), bare),
  '/new-password': route('/new-password', () => import('./screens/NewPassword.svelte'), bare),
  '/invite': route('/invite', () => import('./screens/Invite.svelte'), bare),
  '/calibrations': route('/calibrations', () => import('./screens/Calibrations.svelte')),
  '/calibrations/new': route('/calibrations/new', () => import('./screens/NewCalibration.svelte')),
  '/calibrations/:id': route('/calibrations/:id', () => import('./screens/Session.svelte')),
  '/records/:id': route('/records/:id', () => import('./screens/Record.svelte')),
  '/scorecards': route('/scorecards', () => import('./screens/Scorecards.svelte')),
  '/scorecards/:id': route('/scorecards/:id', () => import('./screens/Scorecard.svelte')),
  '/scorecards/:id/edit': route('/scorecards/:id/edit', () => import('./screens/ScorecardEditor.svelte')),
  '/scorecards/:id/compare': route(
    '/scorecards/:id/compare',
    () => import('./screens/CompareScorecard.svelte'),
  ),
  '/inbox': route('/inbox', () => import('./screens/Inbox.svelte')),
  '/organisation': route('/organisation', moved),
  '/organisation/people': route('/organisation/people', () => import('./screens/People.svelte')),
  '/organisation/clients': route('/organisation/clients', () => import('./screens/Clients.svelte')),
  '/organisation/settings': route('/organisation/settings', () => import('./screens/Organisation.svelte')),
  '/organisation/security-log': route(
    '/organisation/security-log',
    () => import('./screens/SecurityLog.svelte'),
  ),
  '/people': route('/people', moved),
  '/people/:page': route('/people/:page', moved),
  '/settings': route('/settings', () => import('./screens/Settings.svelte')),
};

/** What stands where no path leads. */
export const notFound = () => import('./screens/NotFound.svelte');
