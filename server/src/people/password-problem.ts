// A password that may not be set, as bad input at its field.
import { badInput } from '../outcome.ts';
import type { PasswordFault } from './password.ts';

const details: Readonly<Record<PasswordFault, string>> = {
  'password-common':
    'is among the first that anyone would try: use three or more words that do not belong together',
  'password-own':
    'is made of your name, your e-mail address or the organisation’s name: use three or more words that have nothing to do with you',
};

export const faulty = (fault: PasswordFault) => badInput('/password', details[fault]);
