// Words of the seals: what binds those who have submitted, before and after the reveal.
import { plural } from '../lib/format.ts';

export const seals = {
  title: 'Seals',
  count: (n: number) => plural(n, { one: '# fixed', other: '# fixed' }),
  about:
    'Each is computed from someone’s answers with a secret number, and says nothing of them. After the reveal anyone can check it against the answers: nobody, not even whoever runs the server, can change an answer without it showing.',
  none: 'Nobody has submitted yet.',
  ofYours: 'yours',
  showWhole: 'Show in full',
  showShort: 'Shorten',
  held: 'This device holds yours, and will compare it with the record.',
  other: 'Yours was made on another device: this one holds another.',
  notLoaded: 'The seals could not be loaded.',
  keptSame: 'The fingerprint this device kept when you submitted is the one in the record.',
  keptEarlier:
    'This device kept the fingerprint of an earlier submission of yours, which you took back. The log has it, too.',
  keptDifferent:
    'This device kept another fingerprint when you submitted. The record does not hold what was submitted here.',
} as const;
