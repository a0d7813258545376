// The five phases of a calibration in words: named across the top of a session and in every list.
import type { SessionStatus } from '@attune/domain';

const order: readonly SessionStatus[] = ['draft', 'scoring', 'review', 'resolved', 'closed'];

export const phases = {
  order,
  label: 'Phases of this calibration',
  names: { draft: 'Draft', scoring: 'Scoring', review: 'Review', resolved: 'Resolved', closed: 'Closed' },
  present: {
    draft: 'Settings and people',
    scoring: 'Each on their own, unseen',
    review: 'Everything is revealed',
    resolved: 'The standard is agreed',
    closed: 'On record for good',
  },
  waits: {
    draft: '',
    scoring: 'Needs two participants',
    review: 'Needs every submission',
    resolved: 'Needs every flag resolved',
    closed: 'When all is said',
  },
  done: 'done',
  glyph: (name: string, at: number, of: number) => `${name}, phase ${at} of ${of}`,
} as const;
