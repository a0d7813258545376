// Problems in words for the person in front of the screen: what happened, and what to do. By slug; where a slug has no
// detail here, the server's own is shown.
import type { ProblemSlug } from '@attune/contract';

/** Problems that never reached the server. */
export type LocalSlug = 'offline' | 'timeout' | 'unreachable' | 'unknown';

export interface ProblemWords {
  readonly title: string;
  readonly detail?: string;
}

const problems: Readonly<Record<ProblemSlug | LocalSlug, ProblemWords>> = {
  offline: { title: 'You are offline', detail: 'Connect to the network, then try again.' },
  timeout: { title: 'The server did not answer in time', detail: 'It may be busy. Try again in a moment.' },
  unreachable: { title: 'The server cannot be reached', detail: 'Check your connection, then try again.' },
  unknown: {
    title: 'Something went wrong',
    detail: 'Try again. If it happens again, tell your administrator.',
  },
  'not-allowed': { title: 'You may not do this', detail: 'Your role does not include it.' },
  'link-not-valid': {
    title: 'This link does not work',
    detail: 'It may have been used, revoked, or have expired. Ask for a new one.',
  },
  'sheet-not-saved': {
    title: 'Some of your typing is still on its way',
    detail: 'Wait until it says Saved, then submit again.',
  },
  'incomplete-sheet': { title: 'The sheet is not complete' },
  'invalid-input': { title: 'Some fields need another look' },
  'malformed-json': { title: 'The server could not read this', detail: 'Reload the page and try again.' },
  'bad-request': { title: 'The server could not read this', detail: 'Reload the page and try again.' },
  'body-too-large': { title: 'This is too large to send', detail: 'Shorten it and try again.' },
  'body-too-slow': {
    title: 'That took too long to send',
    detail: 'Check your connection, then try again.',
  },
  'not-json': { title: 'This could not be sent', detail: 'Load the page again, then try once more.' },
  'key-reused': { title: 'This was sent twice in two versions', detail: 'Reload the page and try again.' },
  'scorecard-not-published': { title: 'This scorecard is not published', detail: 'Choose a published one.' },
  'scorecard-not-publishable': { title: 'The scorecard cannot be published yet' },
  'scorecard-archived': { title: 'An archived scorecard does not change' },
  'email-taken': { title: 'Someone has this e-mail address already' },
  'last-admin': {
    title: 'This is the last administrator',
    detail: 'Make someone else an administrator first.',
  },
  'no-password': {
    title: 'This account has no password',
    detail: 'The demo’s people sign in by a click.',
  },
  'member-not-active': { title: 'This person is deactivated', detail: 'Bring them back first.' },
  'wrong-status': {
    title: 'The calibration has moved on',
    detail: 'It is no longer in the phase this needs.',
  },
  stale: { title: 'Someone else was first', detail: 'The page shows how things stand now.' },
  'too-few-participants': { title: 'At least two participants are needed' },
  'not-all-submitted': { title: 'Not everyone has submitted' },
  'too-few-submissions': { title: 'At least two submissions are needed' },
  'unresolved-questions': { title: 'Flagged questions have no resolution yet' },
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
  'may-not-take-part': { title: 'This person cannot take part in this calibration' },
  'unknown-question': { title: 'This question is not part of the calibration' },
  'illegal-agreed-answer': { title: 'This is not a possible answer to the question' },
  'already-facilitator': { title: 'This person facilitates it already' },
  'may-not-facilitate': {
    title: 'This person cannot facilitate this calibration',
    detail: 'Choose a lead who works for its client.',
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
  'too-many-from-one-place': {
    title: 'Others from your network are already waiting',
    detail: 'Ask again when some of them have been let in.',
  },
  'put-out': {
    title: 'You were put out of this calibration',
    detail: 'Only its facilitator can let you in again.',
  },
  'not-put-out': { title: 'This person was not put out' },
  'facilitator-stays': {
    title: 'The facilitator cannot be put out',
    detail: 'Hand the session over first.',
  },
  'not-a-guest': { title: 'This person is not a guest here' },
  'guests-not-allowed': {
    title: 'Guests cannot join this calibration',
    detail: 'It is for members who sign in with their account.',
  },
  'reminded-recently': { title: 'Everyone was reminded a short while ago' },
  'wrong-address': { title: 'Attune has another address' },
  'not-signed-in': { title: 'Your sign-in has ended', detail: 'Sign in again to go on.' },
  'not-found': {
    title: 'There is nothing here',
    detail: 'It may have been removed, or it is not yours to open.',
  },
  'too-many-requests': { title: 'Too many tries', detail: 'Wait a minute, then try again.' },
  unavailable: { title: 'Not available just now', detail: 'Try again in a moment.' },
  internal: { title: 'Something went wrong on the server', detail: 'Nothing was changed. Try again.' },
  'already-submitted': { title: 'You have submitted already' },
};

/** The slug, or `unknown` for one that a newer server has and this page does not. */
export const knownSlug = (slug: string): ProblemSlug | LocalSlug => (isKnown(slug) ? slug : 'unknown');

const isKnown = (slug: string): slug is ProblemSlug | LocalSlug => Object.hasOwn(problems, slug);

export const wordsOf = (slug: ProblemSlug | LocalSlug): ProblemWords => problems[slug];
