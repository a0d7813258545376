// What a question's control calls back. The owner decides what becomes of it: a sealed sheet, an evaluation, a preview.
import type { Answer, Evidence } from '@attune/domain';

export interface QuestionHandlers {
  /** `null` takes the answer away. */
  readonly give: (answer: Answer | null) => void;
  /** Whether the control holds something that is no possible answer: nothing is given then. */
  readonly illegal?: (isIllegal: boolean) => void;
  /** The whole narrative as it now is. */
  readonly write: (text: string) => void;
  readonly comment: (text: string) => void;
  readonly cite: (evidence: Evidence) => void;
  readonly uncite: (evidence: Evidence) => void;
  /** Brings a cited line or second into view, where there is something to show. */
  readonly show?: (evidence: Evidence) => void;
}
