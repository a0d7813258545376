// A password that may not be set, as bad input at its field.
import { badInput } from '../outcome.ts';
import type { PasswordFault } from './password.ts';

export const faulty = (fault: PasswordFault) => badInput('/password', fault);
