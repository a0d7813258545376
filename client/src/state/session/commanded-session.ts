// What a part that gives commands needs of the session's state.
import type { SessionReply } from '@attune/contract';
import type { ApiProblem } from '../../api.ts';

export interface CommandedSession {
  readonly id: string;
  /** Sends a command, and waits until it is to be seen here. @returns the problem, `null` when it was done */
  run(send: () => Promise<SessionReply>): Promise<ApiProblem | null>;
}
