// Words of scoring: the questions and their controls, citing, the interaction, the sealed sheet, submitting and what comes after,
// and what is shown when there is nothing to score.
import type { SessionEventView, SessionShared } from '@attune/contract';
import type { Critical, EntryProblem } from '@attune/domain';
import { count, hundredths, list, plural } from '../lib/format.ts';
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
} as const;

export const score = {
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

/** The fields of a new citation. */
export const citing = {
  lineNumber: 'Line',
  time: 'Time',
  timeHint: '2:05',
  addLine: 'Cite line',
  addTime: 'Cite time',
  badLine: (lines: number) => `There are lines 1 to ${count(lines)}.`,
  badTime: 'Write it as minutes:seconds, such as 2:05.',
  orInTranscript: 'Or use the quote mark beside a line of the transcript.',
} as const;

export const interaction = {
  transcript: 'Transcript',
  openRecording: 'Open the recording',
  noInteraction: {
    title: 'No transcript or recording here',
    text: 'Use the interaction you were given, and score what you hear or read.',
  },
  reference: 'Reference',
  date: 'Date',
  agent: 'Agent',
  line: (line: number) => `Line ${count(line + 1)}`,
  citeLine: (line: number, questionNumber: number) =>
    `Cite line ${count(line + 1)} for question ${count(questionNumber)}`,
  uncite: (line: number, questionNumber: number) =>
    `Take line ${count(line + 1)} away from question ${count(questionNumber)}`,
} as const;

/** What the keys do. */
export const keys = {
  option: (digit: number) => `Choose option ${digit === 0 ? 10 : digit}`,
  na: 'Not applicable',
  comment: 'Comment on the question',
  cite: 'Cite evidence',
  write: 'Write the answer',
  submit: 'Submit the sheet',
} as const;

export const submitted = {
  title: 'Your answers are sealed',
  titleUnsealed: 'Your answers are submitted',
  at: (time: string) => `Submitted at ${time}`,
  wait: (names: readonly string[]) => `Waiting for ${list(names)}.`,
  all: (facilitator: string) => `Everyone has submitted. ${facilitator} can now reveal all answers at once.`,
  who: 'Who has submitted',
  count: (n: number, m: number) => `${count(n)} of ${count(m)} submitted`,
  state: { scoring: 'Scoring', submitted: 'Submitted', excused: 'Excused' },
  notStarted: 'Not started',
  you: 'you',
  look: 'Look at your answers',
  hide: 'Hide your answers',
  takeBack: 'Take back',
  takeBackAbout: 'Until the reveal you can take your answers back and change them.',
  takingBack: 'Taking back…',
  leftOver: {
    title: 'Some typing on this device came after the submission',
    text: 'It is kept here, but not part of what is submitted. Take back to include it.',
    unkept: 'It is on this page alone, and not part of what is submitted. Take back to include it.',
  },
} as const;

/** There is nothing to score, and why. */
export const quiet = {
  draft: {
    title: 'You are in',
    notIn: 'Scoring has not started yet',
    text: (facilitator: string) =>
      `Scoring has not started yet: ${facilitator} is still preparing it. This page opens by itself when it starts.`,
    textNotIn: (facilitator: string) =>
      `${facilitator} is still preparing it. This page opens by itself when scoring starts.`,
  },
  neutral: {
    title: 'You do not score in this calibration',
    text: 'Only its participants do. You can follow how far they are.',
  },
  excused: {
    title: 'You are excused from this calibration',
    text: (facilitator: string, reason: string | null) =>
      reason ? `${facilitator} noted: “${reason}”.` : `${facilitator} has excused you.`,
    kept: 'What you typed is kept, in case you are let back in.',
  },
  deleted: {
    title: 'This calibration was deleted',
    text: 'Its facilitator deleted the draft.',
  },
  open: 'Open the calibration',
  toList: 'All calibrations',
} as const;
