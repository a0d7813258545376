// Words of scoring that the first question does without: citing, the interaction, what comes after submitting, and what is
// shown when there is nothing to score.
import { count, list } from '../lib/format.ts';

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
