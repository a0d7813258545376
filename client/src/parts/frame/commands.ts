// What can be done everywhere, and the keys for all that can be done.
import { type Action, actions } from '../../lib/actions.svelte.ts';
import { listenForKeys } from '../../lib/keys.ts';
import { m } from '../../paraglide/messages.js';
import { href, router } from '../../router.svelte.ts';
import { me } from '../../state/app/me.svelte.ts';
import { prefs } from '../../state/app/prefs.svelte.ts';
import { overlays } from './Overlays.svelte';

const go = (to: string) => () => router.go(to);
const everywhere = (): Action[] => [
  {
    id: 'palette',
    title: m.frame_palette_title(),
    group: 'help',
    key: '$mod+k',
    run: () => overlays.show('palette'),
  },
  {
    id: 'sheet',
    title: m.frame_shortcutSheet(),
    group: 'help',
    key: '[Shift]+?',
    run: () => overlays.show('shortcuts'),
  },
  {
    id: 'go-dashboard',
    title: m.frame_dashboard(),
    group: 'go',
    key: 'g d',
    when: () => !!me.view && !me.isLimited,
    run: go(href('/')),
  },
  {
    id: 'go-calibrations',
    title: m.frame_calibrations(),
    group: 'go',
    key: 'g c',
    when: () => me.may('calibrations.list'),
    run: go(href('/calibrations')),
  },
  {
    id: 'go-scorecards',
    title: m.frame_scorecards(),
    group: 'go',
    key: 'g s',
    when: () => me.may('scorecards.list'),
    run: go(href('/scorecards')),
  },
  {
    id: 'go-inbox',
    title: m.inbox_title(),
    group: 'go',
    key: 'g i',
    when: () => me.may('notifications.read'),
    run: go(href('/inbox')),
  },
  {
    id: 'go-people',
    title: m.frame_people(),
    group: 'go',
    key: 'g p',
    when: () => me.may('members.administer'),
    run: go(href('/organisation/people')),
  },
];

/** Offers the commands and hears the keys, until what it returns is called. */
export function listenToCommands(): () => void {
  const ends = [actions.add(everywhere), listenForKeys(() => prefs.shortcuts)];
  return () => {
    for (const end of ends) end();
  };
}
