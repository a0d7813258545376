// Words of the facilitator's page about coming in: links, the lobby, who watches, whose names are shown, handing over.
import type { NamesMode } from '@attune/domain';
import { plural } from '../lib/format.ts';

export const links = {
  title: 'Join link and screen',
  open: 'Join link and screen',
  join: {
    title: 'Join link',
    guests: 'Members join at once. Guests give a name and wait for your yes.',
    membersOnly: (scope: string | null) =>
      `Members${scope ? ` who work for ${scope}` : ''} join at once. Guests cannot join.`,
    watching: 'Whoever joins now watches the discussion.',
    make: 'Make a join link',
    code: 'Code to scan: the join link',
    remakeTitle: 'Make a new join link?',
    remakeBody:
      'The link and the code that you have given out stop working at once. Nobody who is in is put out.',
    revokeTitle: 'Revoke the join link?',
    revokeBody: 'The link and its code stop working at once. Nobody who is in is put out.',
  },
  display: {
    title: 'Meeting screen',
    about:
      'A page for the room: the code to scan and who is here; from the reveal on, the board. It shows no controls.',
    make: 'Make a screen link',
    open: 'Open meeting screen',
    opens: '(in a new tab)',
    remakeTitle: 'Make a new screen link?',
    remakeBody: 'Every screen that shows this meeting goes dark until it opens the new link.',
    revokeTitle: 'Revoke the screen link?',
    revokeBody: 'Every screen that shows this meeting goes dark at once.',
  },
  ends: 'Ends',
  endsAfter: 'Ends after',
  days: (n: number) => plural(n, { one: '# day', other: '# days' }),
  more: 'More about this link',
  remake: 'Make new…',
  remakeVerb: 'Make new link',
  revoke: 'Revoke…',
  revokeVerb: 'Revoke',
} as const;

export const names = {
  title: 'Names on the board',
  modes: {
    shown: { title: 'Shown', about: 'Everyone sees who gave which answer.' },
    'hidden-on-screen': {
      title: 'Hidden on the meeting screen',
      about: 'The screen says Evaluator A, B, C. On people’s own devices the names stay.',
    },
    hidden: {
      title: 'Hidden for everybody until closed',
      about:
        'Everyone, you too, sees Evaluator A, B, C. The record tells the names once the session is closed.',
    },
  } satisfies Record<NamesMode, { title: string; about: string }>,
} as const;

export const lobby = {
  title: 'Waiting to join',
  waits: (name: string) => `${name} waits to join`,
  more: (n: number) => plural(n, { one: 'and # more', other: 'and # more' }),
  fewer: 'Show one',
  admit: 'Let in',
  admitName: (name: string) => `Let in ${name}`,
  admitAll: 'Let all in',
  turnAway: 'Turn away',
  turnAwayName: (name: string) => `Turn away ${name}`,
  news: (name: string) => `${name} waits to join.`,
} as const;

export const observers = {
  title: 'Watching',
  about: 'They see the board and do not score.',
} as const;

export const handOver = {
  item: 'Hand over…',
  title: 'Hand this session over',
  about: 'The person you choose facilitates from then on, and you no longer do. The record says so.',
  verb: 'Hand over',
  none: 'There is no other lead who can facilitate this calibration.',
  nobodyFound: 'No lead has this name.',
  choose: 'Lead',
} as const;
