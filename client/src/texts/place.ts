// What shuts a place to a sign-in: who reset the password, which is nobody of the organisation where the operator did.
import { m } from '../paraglide/messages.js';

const resetBy = (by: string) => by || m.placeShut_operator();

export const shut = {
  text: (by: string, when: string) => m.placeShut_text({ by: resetBy(by), when }),
  startBody: (by: string) => m.placeShut_startBody({ by: by || m.placeShut_theOperator() }),
  meetingText: (by: string, when: string) => m.placeShut_meetingText({ by: resetBy(by), when }),
} as const;
