// Words of scoring: the questions and their controls, the sealed sheet, submitting, and what is shown when there is nothing
// to score.
import type { SessionEventView, SessionShared } from '@attune/contract';
import type { Critical, EntryProblem } from '@attune/domain';
import { count, hundredths, plural } from '../lib/format.ts';
import { named } from './guest.ts';

const problem: Readonly<Record<EntryProblem['code'], string>> = {
  unanswered: 'needs an answer',
  'illegal-answer': 'has an entry that is not a possible answer',
  'na-not-eligible': 'cannot be N/A',
  'comment-required': 'needs a comment',
  'evidence-out-of-range': 'cites a line that the transcript does not have',
  'comment-too-long': 'has a comment longer than 20,000 characters',
  'too-much-evidence': 'has more than 200 citations',
};

const inline: Readonly<Record<EntryProblem['code'], string>> = {
  unanswered: 'Answer this question to submit.',
  'illegal-answer': 'Correct the answer to submit.',
  'na-not-eligible': 'N/A is not possible here. Choose an answer.',
  'comment-required': 'Write a comment to submit.',
  'evidence-out-of-range': 'Remove the citation: the transcript has no such line.',
  'comment-too-long': 'Shorten the comment to 20,000 characters.',
  'too-much-evidence': 'Keep at most 200 citations.',
};

const critical: Readonly<Record<Critical, string | null>> = {
  none: null,
  section: 'Critical: failing it makes the section 0 %',
  scorecard: 'Critical: failing it makes the whole score 0 %',
};

export const question = {
  critical: (how: Critical) => critical[how],
  optional: 'Optional',
  pass: 'Pass',
  fail: 'Fail',
  points: (pointsHundredths: number) =>
    pointsHundredths === 100 ? '1 point' : `${hundredths(pointsHundredths)} points`,
  several: 'Choose all that apply.',
  noneApplies: 'None of these',
  notApplicable: 'N/A',
  notApplicableLong: 'not applicable here',
  value: 'Value',
  range: (least: number, most: number, step: number) =>
    `${hundredths(least)} to ${hundredths(most)} in steps of ${hundredths(step)}`,
  notSet: 'Not set yet',
  clear: 'Clear answer',
  comment: 'Comment',
  addComment: 'Comment',
  commentRule: {
    offered: '',
    required: 'required',
    'required-when-points-lost': 'required when points are lost',
  },
  evidence: 'Evidence',
  line: (line: number) => `Line ${count(line + 1)}`,
  cite: 'Cite evidence',
  removeEvidence: (what: string) => `Remove ${what}`,
  problem: (entry: EntryProblem) => inline[entry.code],
  partMissing: 'This part could not be loaded. Connect to the network, then reload the page.',
} as const;

export const score = {
  partMissing: {
    title: 'This part of the page could not be loaded',
    detail: 'Connect to the network, then reload the page.',
  },
  title: (session: string) => `Score: ${session}`,
  unnamed: 'Calibration',
  back: 'Back to the calibration',
  sealed: 'Only you can see this until everyone has submitted',
  interaction: 'Interaction',
  questions: 'Questions',
  scorecard: (name: string, version: number) => `${name}, version ${count(version)}`,
  sectionProgress: (answered: number, of: number) => `${count(answered)} of ${count(of)}`,
  place: (at: number, of: number) => `${count(at)} of ${count(of)}`,
  answered: (n: number, m: number) => `${count(n)} of ${count(m)} answered`,
  previous: 'Previous question',
  next: 'Next question',
  nextUnanswered: 'Next unanswered',
  keysHint: 'Keyboard: press ?',
  submit: 'Submit',
  submitting: 'Submitting…',
  problems: (n: number) =>
    plural(n, {
      one: '# question keeps this from being submitted',
      other: '# questions keep this from being submitted',
    }),
  problemLine: (entry: EntryProblem) => problem[entry.code],
  number: (at: number) => `Question ${count(at)}`,
  submitted: {
    title: 'Your answers are sealed',
    detail: 'The rest of this page could not be loaded. Reload to see who has submitted.',
    news: (name: string, n: number, m: number) => `${name} has submitted, ${count(n)} of ${count(m)}.`,
    newsBack: (name: string) => `${name} has taken a submission back.`,
  },
  revealed: 'The answers are revealed.',
  opened: 'Scoring has started.',
} as const;

/** What happened, as a sentence for those who listen; `null` where it is one's own doing, or of no interest here. */
export function news(
  event: Pick<SessionEventView, 'type' | 'participantId'>,
  session: SessionShared,
  ownId: string | null,
): string | null {
  if (event.type === 'scoring-started') return score.opened;
  if (event.type === 'revealed') return score.revealed;
  const who = session.participants.find(({ id }) => id === event.participantId);
  if (!who || who.id === ownId) return null;
  const counted = session.participants.filter(({ state }) => state !== 'excused');
  const done = counted.filter(({ state }) => state === 'submitted').length;
  if (event.type === 'submitted') return score.submitted.news(named(who), done, counted.length);
  return event.type === 'taken-back' ? score.submitted.newsBack(named(who)) : null;
}
