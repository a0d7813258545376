// Problem types (RFC 9457): one closed list. A refusal of the domain becomes a problem here and nowhere else.
import type { Refusal } from '@attune/domain';
import * as z from 'zod/mini';
import { inputError } from './input-problem.ts';

interface ProblemType {
  readonly status: 400 | 401 | 403 | 404 | 408 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503;
  readonly title: string;
}

/** Slug → status and constant title. `type` on the wire is `/problems/{slug}`. */
export const problemTypes = {
  'invalid-input': { status: 422, title: 'Some of the input is not valid' },
  'malformed-json': { status: 400, title: 'The body is not valid JSON' },
  'bad-request': { status: 400, title: 'The request cannot be understood' },
  'not-signed-in': { status: 401, title: 'Sign in first' },
  'other-sign-in': { status: 409, title: 'This browser is signed in as someone else' },
  'not-allowed': { status: 403, title: 'You may not do this' },
  'wrong-address': { status: 403, title: 'This is not the address of this Attune' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'link-not-valid': { status: 404, title: 'This link does not work, or no longer does' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'body-too-slow': { status: 408, title: 'The body took too long to come' },
  'not-json': { status: 415, title: 'Only JSON is taken here' },
  'key-reused': { status: 422, title: 'This idempotency key was used for another request' },
  'scorecard-not-published': { status: 422, title: 'Only a published scorecard can be used' },
  'scorecard-archived': { status: 409, title: 'An archived scorecard does not change' },
  'scorecard-not-publishable': { status: 422, title: 'The scorecard cannot be published yet' },
  'draft-changed': { status: 409, title: 'Somebody else has changed the draft' },
  'no-draft': { status: 409, title: 'This draft is no longer one' },
  'sheet-not-saved': { status: 409, title: 'Some of your typing is not stored yet' },
  'email-taken': { status: 409, title: 'Someone has this e-mail address already' },
  'no-password': { status: 409, title: 'This account has no password' },
  'member-not-active': { status: 409, title: 'This member is deactivated' },
  'last-admin': { status: 409, title: 'An organisation needs an active administrator' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Not available just now' },
  internal: { status: 500, title: 'Something went wrong on the server' },
  'wrong-status': { status: 409, title: 'The session is not in the status this needs' },
  stale: { status: 409, title: 'Someone else was first' },
  'too-few-participants': { status: 409, title: 'Too few participants' },
  'version-behind': { status: 409, title: 'A newer version of the scorecard was published' },
  'questions-gone': { status: 409, title: 'Chosen questions are gone from the scorecard' },
  'not-all-submitted': { status: 409, title: 'Not everyone has submitted' },
  'too-few-submissions': { status: 409, title: 'Too few submissions' },
  'unresolved-questions': { status: 409, title: 'Flagged questions have no resolution yet' },
  'incomplete-sheet': { status: 422, title: 'The sheet is not complete' },
  'already-submitted': { status: 409, title: 'Already submitted' },
  'not-submitted': { status: 409, title: 'Nothing is submitted' },
  'not-a-participant': { status: 404, title: 'No such participant' },
  'already-a-participant': { status: 409, title: 'Already a participant' },
  excused: { status: 409, title: 'This participant is excused' },
  'not-excused': { status: 409, title: 'This participant is not excused' },
  'participant-submitted': { status: 409, title: 'This participant has submitted' },
  'reason-required': { status: 422, title: 'A reason is required' },
  'may-not-take-part': { status: 409, title: 'Someone cannot take part in this session' },
  'unknown-question': { status: 404, title: 'No such question' },
  'illegal-agreed-answer': { status: 422, title: 'Not a legal answer to this question' },
  'already-facilitator': { status: 409, title: 'Already the facilitator' },
  'may-not-facilitate': { status: 409, title: 'This member cannot facilitate this session' },
  'no-timer': { status: 409, title: 'No timer is set for this question' },
  'illegal-duration': { status: 422, title: 'Not a legal duration' },
  'nothing-to-sweep': { status: 409, title: 'No unanimous question is left to agree on' },
  'nothing-to-undo': { status: 409, title: 'There is nothing to undo any more' },
  'question-not-voted': { status: 422, title: 'A narrative question is not voted on' },
  'revote-open': { status: 409, title: 'A re-vote is open' },
  'no-open-revote': { status: 409, title: 'This re-vote is not open' },
  'illegal-vote': { status: 422, title: 'Not a legal answer to this question' },
  'not-all-voted': { status: 409, title: 'Not everyone has voted' },
  'too-few-votes': { status: 409, title: 'Too few votes' },
  'lobby-full': { status: 409, title: 'Too many people wait already' },
  'not-waiting': { status: 404, title: 'This person is not waiting any more' },
  'too-many-from-one-place': { status: 409, title: 'Others from your network are already waiting' },
  'put-out': { status: 403, title: 'The facilitator has put you out of this session' },
  'not-put-out': { status: 404, title: 'This person was not put out' },
  'facilitator-stays': { status: 409, title: 'The facilitator cannot be put out' },
  'not-a-guest': { status: 404, title: 'No such guest' },
  'guests-not-allowed': { status: 403, title: 'Guests cannot join this session' },
  'reminded-recently': { status: 409, title: 'Everyone was reminded a short while ago' },
} as const satisfies Record<string, ProblemType> & Record<Refusal['code'], ProblemType>;

export type ProblemSlug = keyof typeof problemTypes;

export const problemPath = (slug: ProblemSlug) => `/problems/${slug}`;

/** Problem details as answered, media type `application/problem+json`. `refusal` carries the data that lets one mend it. */
export const problemBody = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  /** The request's id, also in the log. */
  instance: z.optional(z.string()),
  errors: z.optional(z.array(inputError)),
  /** The right address, with `wrong-address`. */
  address: z.optional(z.string()),
  /** Who the browser is signed in as, by name, with `other-sign-in`. */
  signedInAs: z.optional(z.string()),
  refusal: z.optional(z.looseObject({ code: z.string() })),
});
export type ProblemBody = z.infer<typeof problemBody>;
