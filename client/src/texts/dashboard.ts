// Words of the dashboard: what needs the reader now.
import { plural } from '../lib/format.ts';

export const dashboard = {
  title: 'Dashboard',
  quietTitle: 'Nothing needs you right now',
  quietText:
    'A calibration appears here when you have to score, when everyone has submitted, or while it is discussed.',
  open: 'See all calibrations',
  create: 'New calibration',
  toScore: 'For you to score',
  ready: 'Ready to reveal',
  review: 'In review',
  waiting: 'Waiting for others',
  drafts: 'Your drafts',
  closed: 'Recently agreed',
  score: 'Score',
  due: 'due',
  meets: 'meets',
  overdue: 'overdue since',
  flagged: (n: number) => plural(n, { one: '# flagged', other: '# flagged' }),
  noneFlagged: 'none flagged',
  submitted: 'submitted',
  noCalibrations: 'Your roles include no calibrations. Ask an administrator if you expected some.',
} as const;
