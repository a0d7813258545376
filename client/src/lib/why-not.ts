// Why a session cannot take its next step yet: the domain's own rules over what everyone sees, so that a button says what the
// server would.
import type { SessionView } from '@attune/contract';
import { type Refusal, whyNotExcuse, whyNotReveal, whyNotStart } from '@attune/domain';

type View = Pick<SessionView, 'shared'>;
type Whole = View & { readonly detail: Pick<SessionView['detail'], 'goneQuestions'> };

/**
 * The refusal that starting to score, or revealing, would meet; `null` when it would be done, and in every other status:
 * resolving is the meeting's question.
 */
export function whyNotNext({ shared, detail }: Whole): Refusal | null {
  switch (shared.status) {
    case 'draft':
      return whyNotStart(
        shared,
        detail.goneQuestions.map(({ id }) => id),
      );
    case 'scoring':
      return whyNotReveal(shared);
    default:
      return null;
  }
}

/** Whether this participant can be excused just now (C7). */
export const mayExcuse = ({ shared }: View, participantId: string): boolean =>
  whyNotExcuse(shared, participantId) === null;
