// Reminding those who have not submitted (O7).
import { type ApiProblem, answer, api, asProblem, command } from '../../api.ts';

export type Reminded =
  | { readonly kind: 'told'; readonly count: number }
  /** They heard a short while ago; from `againAt` (ISO 8601) on they can be reminded again. */
  | { readonly kind: 'recently'; readonly againAt: string }
  | { readonly kind: 'failed'; readonly problem: ApiProblem };

/** @param participantIds `null`: everyone who is missing */
export async function remind(sessionId: string, participantIds: readonly string[] | null): Promise<Reminded> {
  try {
    const json = participantIds === null ? {} : { participantIds: [...participantIds] };
    const told = await answer(
      api.sessions[':id'].reminders.$post({ param: { id: sessionId }, json }, command()),
    );
    return { kind: 'told', count: told.participantIds.length };
  } catch (error) {
    const problem = asProblem(error);
    const { refusal } = problem.extensions as { refusal?: { againAt?: string } };
    return refusal?.againAt ? { kind: 'recently', againAt: refusal.againAt } : { kind: 'failed', problem };
  }
}
