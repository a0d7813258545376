// A password that may not be set, as the problem at its field.
import { ProblemError } from '../http/problem.ts';
import type { PasswordFault } from './password.ts';

const details: Readonly<Record<PasswordFault, string>> = {
  'password-common':
    'is among the first that anyone would try: use three or more words that do not belong together',
  'password-own':
    'is made of your name, your e-mail address or the organisation’s name: use three or more words that have nothing to do with you',
};

export const wrongPassword = (fault: PasswordFault) =>
  new ProblemError('invalid-input', { errors: [{ pointer: '/password', detail: details[fault] }] });
