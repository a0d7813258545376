// The main pages, in the order in which they stand in the rail: what exists and the person may open.
import type { IconName } from '../../lib/icons.ts';
import { m } from '../../paraglide/messages.js';
import { href } from '../../router.svelte.ts';
import { me } from '../../state/app/me.svelte.ts';

export interface Place {
  readonly title: string;
  readonly href: string;
  readonly icon: IconName;
  /** Addresses that belong to it. */
  readonly under: readonly string[];
}

/** A phone's bar has room for so many, and for what leads to the rest. */
export const mostInBar = 4;

export const mainPlaces = (): Place[] => [
  { title: m.frame_dashboard(), href: href('/'), icon: 'dashboard', under: [] },
  ...(me.may('scorecards.list')
    ? [place(m.frame_scorecards(), href('/scorecards'), 'scorecards', '/scorecards')]
    : []),
  ...(me.may('calibrations.list')
    ? [place(m.frame_calibrations(), href('/calibrations'), 'calibrations', '/calibrations', '/records')]
    : []),
];

/** Where the organisation is administered; `null` for whoever does not. */
export const organisationPlace = (): Place | null =>
  me.may('members.administer')
    ? place(m.frame_organisation(), href('/organisation/people'), 'people', '/organisation')
    : null;

function place(title: string, to: string, icon: IconName, ...under: string[]): Place {
  return { title, href: to, icon, under };
}

export const isAt = (pathname: string, { href: to, under }: Place): boolean =>
  pathname === to || under.some((path) => pathname.startsWith(path));
