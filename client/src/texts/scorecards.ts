// Words of the scorecards: the list, and one as an evaluator sees it.
import type { Critical, Question } from '@attune/domain';
import { hundredths, plural } from '../lib/format.ts';

const types: Readonly<Record<Question['type'], string>> = {
  binary: 'Pass or fail',
  scale: 'Scale',
  rubric: 'One of several levels',
  checklist: 'Several of many',
  text: 'Written answer',
};

const critical: Readonly<Record<Critical, string>> = {
  none: '',
  section: 'Critical for the section',
  scorecard: 'Critical for the scorecard',
};

export const scorecards = {
  title: 'Scorecards',
  columns: {
    name: 'Name',
    status: 'Status',
    scope: 'Scope',
    questions: 'Questions',
    version: 'Version',
    published: 'Published',
  },
  status: { draft: 'Draft', published: 'Published', archived: 'Archived' },
  scope: { organisation: 'Organisation-wide', client: 'One client', lob: 'One line of business' },
  emptyTitle: 'No scorecards yet',
  emptyText:
    'A scorecard is what an interaction is scored on: sections of questions. Import one through the API to begin.',
  notAllowedTitle: 'Your roles include no scorecards',
  notAllowedText: 'Ask an administrator if you expected some.',
  version: (n: number) => `Version ${n}`,
  passMark: (value: number) => `Pass mark ${hundredths(value)} %`,
  questions: (n: number) => plural(n, { one: '# question', other: '# questions' }),
  weight: (value: number) => `Weight ${hundredths(value)}`,
  type: (question: Question) => types[question.type],
  critical: (how: Critical) => critical[how],
  naEligible: 'N/A possible',
  optional: 'Optional',
  comment: {
    offered: '',
    required: 'Comment required',
    'required-when-points-lost': 'Comment required when points are lost',
  },
  range: (question: Extract<Question, { type: 'scale' }>) =>
    `${hundredths(question.minHundredths)} to ${hundredths(question.maxHundredths)}`,
  points: (value: number) => (value === 100 ? '1 point' : `${hundredths(value)} points`),
} as const;
