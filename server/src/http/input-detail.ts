// Bad input in English, for whoever calls the API; screens have their own words for the codes.
import { type InputCode, type InputError, inputCodes } from '@attune/contract';
import type { InputFault } from '../outcome.ts';

const details: Readonly<Record<InputCode, string>> = {
  invalid: 'is not valid',
  blank: 'must not be empty',
  'own-name-missing': 'say your name',
  'name-missing': 'give a name',
  'name-taken': 'is taken already',
  'number-taken': 'is somebody’s already',
  'session-name-missing': 'give the session a name',
  'reason-missing': 'say why',
  'words-missing': 'type the two words the other device shows',
  'words-unknown': 'no device shows these words',
  'password-missing': 'type your current password',
  'password-wrong': 'is not your current password',
  'password-short': 'must have at least 12 characters',
  'password-common': 'is among the first that anyone would try',
  'password-own': 'is made of your name, your e-mail address or the organisation’s name',
  'role-missing': 'choose at least one role',
  'grant-unknown': 'must name clients and lines of business of the organisation',
  'lob-repeated': 'must not repeat a name',
  characters: 'must not have NUL characters or halves of characters',
  'too-long': 'is too long',
  'too-many-questions': 'has too many questions',
  'too-many-examples': 'has too many examples',
  'too-many-lines': 'has too many lines',
  email: 'must be an e-mail address',
  link: 'must be an http or https link',
  date: 'must be a date such as 2026-03-01',
  instant: 'must be an ISO 8601 instant in UTC, such as 2026-03-01T14:00:00.000Z',
  'time-zone': 'must be a time zone such as Europe/Berlin',
  percentage: 'must be between 0 and 100 %, with at most two decimals',
  days: 'must be 1 to 90 days',
  duration: 'must be 10 seconds to an hour',
  id: 'must be a UUID in lower case',
  'scope-unknown': 'must be a client, or a line of business of that client',
  'scope-archived': 'must be a client or line of business that is not archived',
  'scope-not-covered': 'must be a client or line of business that is all yours',
  'scope-fixed': 'cannot change once a version was published',
  'scorecard-not-published': 'must be a published scorecard',
  'scorecard-superseded': 'has been superseded: choose the newest version',
  'scorecard-archived': 'has been archived: choose another scorecard',
  'time-past': 'must be still to come',
  'questions-unknown': 'must be questions of the scorecard',
  'questions-repeated': 'must name each question once',
  'idempotency-key': 'must be 8 to 100 visible ASCII characters',
  cursor: 'must be one that a page gave',
};

export const isInputCode = (code: string): code is InputCode => inputCodes.some((known) => known === code);

/** A fault as it is answered. */
export function inputErrorOf({ pointer, code, most, detail }: InputFault): InputError {
  const plain = detail ?? (isInputCode(code) ? details[code] : code);
  return most === undefined
    ? { pointer, code, detail: plain }
    : { pointer, code, detail: `${plain}: at most ${most}`, most };
}
