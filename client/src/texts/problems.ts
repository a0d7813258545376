// Problems in words for the person in front of the screen: what happened, and what to do. By slug; where a slug has no
// detail here, the server's own is shown.
import type { ProblemSlug } from '@attune/contract';

/** Problems that never reached the server. */
export type LocalSlug = 'offline' | 'timeout' | 'unreachable' | 'unknown';

interface Words {
  readonly title: string;
  readonly detail?: string;
}

export const problems: Readonly<Record<ProblemSlug | LocalSlug, Words>> = {
  offline: { title: 'You are offline', detail: 'Connect to the network, then try again.' },
  timeout: { title: 'The server did not answer in time', detail: 'It may be busy. Try again in a moment.' },
  unreachable: { title: 'The server cannot be reached', detail: 'Check your connection, then try again.' },
  unknown: {
    title: 'Something went wrong',
    detail: 'Try again. If it happens again, tell your administrator.',
  },
  'invalid-input': { title: 'Some fields need another look' },
  'malformed-json': { title: 'The server could not read this', detail: 'Reload the page and try again.' },
  'bad-request': { title: 'The server could not read this', detail: 'Reload the page and try again.' },
  'not-signed-in': { title: 'Your sign-in has ended', detail: 'Sign in again to go on.' },
  'not-allowed': { title: 'You may not do this', detail: 'Your role does not include it.' },
  'not-found': {
    title: 'There is nothing here',
    detail: 'It may have been removed, or it is not yours to open.',
  },
  'link-not-valid': {
    title: 'This link does not work',
    detail: 'It may have been used, revoked, or have expired. Ask for a new one.',
  },
  'body-too-large': { title: 'This is too large to send', detail: 'Shorten it and try again.' },
  'key-reused': { title: 'This was sent twice in two versions', detail: 'Reload the page and try again.' },
  'scorecard-not-published': { title: 'This scorecard is not published', detail: 'Choose a published one.' },
  'scorecard-not-publishable': { title: 'The scorecard cannot be published yet' },
  'scorecard-archived': { title: 'An archived scorecard does not change' },
  'sheet-not-saved': {
    title: 'Some of your typing is still on its way',
    detail: 'Wait until it says Saved, then submit again.',
  },
  'email-taken': { title: 'Someone has this e-mail address already' },
  'last-admin': {
    title: 'This is the last administrator',
    detail: 'Make someone else an administrator first.',
  },
  'too-many-requests': { title: 'Too many tries', detail: 'Wait a minute, then try again.' },
  unavailable: { title: 'Not available just now', detail: 'Try again in a moment.' },
  internal: { title: 'Something went wrong on the server', detail: 'Nothing was changed. Try again.' },
  'wrong-status': {
    title: 'The calibration has moved on',
    detail: 'It is no longer in the phase this needs.',
  },
  stale: { title: 'Someone else was first', detail: 'The page shows how things stand now.' },
  'too-few-participants': { title: 'At least two participants are needed' },
  'not-all-submitted': { title: 'Not everyone has submitted' },
  'too-few-submissions': { title: 'At least two submissions are needed' },
  'unresolved-questions': { title: 'Flagged questions have no resolution yet' },
  'incomplete-sheet': { title: 'The sheet is not complete' },
  'already-submitted': { title: 'You have submitted already' },
  'not-submitted': { title: 'Nothing is submitted' },
  'not-a-participant': { title: 'This person does not take part' },
  'already-a-participant': { title: 'This person takes part already' },
  excused: { title: 'This participant is excused' },
  'not-excused': { title: 'This participant is not excused' },
  'participant-submitted': {
    title: 'This participant has submitted',
    detail: 'Only someone who has not submitted can be excused.',
  },
  'reason-required': { title: 'Say why', detail: 'The reason is kept on the record.' },
  'does-not-cover-scope': { title: 'This person’s access does not cover the scope' },
  'unknown-question': { title: 'This question is not part of the calibration' },
  'illegal-agreed-answer': { title: 'This is not a possible answer to the question' },
  'already-facilitator': { title: 'This person facilitates it already' },
  'may-not-facilitate': {
    title: 'This person cannot facilitate this calibration',
    detail: 'It takes a lead whose access covers the scope.',
  },
  'no-timer': { title: 'No timer is set for this question' },
  'illegal-duration': { title: 'This is not a possible time', detail: 'From 10 seconds to an hour.' },
  'nothing-to-sweep': { title: 'No unanimous question is left to agree on' },
  'nothing-to-undo': { title: 'There is nothing to undo any more' },
  'question-not-voted': { title: 'A narrative question is not voted on' },
  'revote-open': { title: 'A re-vote is open', detail: 'Reveal it or call it off first.' },
  'no-open-revote': { title: 'This re-vote is over' },
  'illegal-vote': { title: 'This is not a possible answer to the question' },
  'not-all-voted': { title: 'Not everyone has voted' },
  'too-few-votes': { title: 'At least two votes are needed' },
  'lobby-full': { title: 'Too many people wait already', detail: 'Ask the facilitator to let people in.' },
  'not-waiting': { title: 'This person is not waiting any more' },
  'not-an-observer': { title: 'This person does not watch' },
  'guests-not-allowed': {
    title: 'Guests cannot join this calibration',
    detail: 'Sign in with an account that covers its scope.',
  },
  'reminded-recently': { title: 'Everyone was reminded a short while ago' },
};

/** The slug if it is one with words, else `unknown`. */
export const knownSlug = (slug: string): ProblemSlug | LocalSlug =>
  Object.hasOwn(problems, slug) ? (slug as ProblemSlug | LocalSlug) : 'unknown';
