// Agreed answers and causes: what stands, with what was pressed here a moment ago, and the way back from the last change.
import type { ResolutionView } from '@attune/contract';
import type { AgreedAnswer, Cause } from '@attune/domain';
import type { ApiProblem } from '../../api.ts';

export type Outcome = Pick<ResolutionView, 'agreed' | 'cause'>;
const nothing: Outcome = { agreed: null, cause: null };

const pick = ({ agreed, cause }: Outcome): Outcome => ({ agreed, cause });

interface ResolvedSession {
  readonly shared: { readonly resolutions: readonly ResolutionView[] };
}

/** @returns the problem, `null` when it is stored */
type Put = (questionId: string, outcome: Outcome) => Promise<ApiProblem | null>;

export class Outcomes {
  readonly #session: ResolvedSession;
  readonly #send: Put;
  /** What was pressed and is on its way, by question. */
  #sent = $state.raw<Readonly<Record<string, Outcome>>>({});
  /** What stood before the last change here, by question. */
  #before = $state.raw<Readonly<Record<string, Outcome>>>({});
  #problem = $state.raw<ApiProblem | null>(null);
  /** The last change of each question: the next one waits for it, so that they arrive in the order in which they were pressed. */
  readonly #last = new Map<string, Promise<ApiProblem | null>>();

  constructor(session: ResolvedSession, put: Put) {
    this.#session = session;
    this.#send = put;
  }

  of(questionId: string): Outcome {
    return (
      this.#sent[questionId] ??
      this.#session.shared.resolutions.find((resolution) => resolution.questionId === questionId) ??
      nothing
    );
  }

  isSending(questionId: string): boolean {
    return questionId in this.#sent;
  }

  /** Why the last change was refused; `null` once one succeeds. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  canUndo(questionId: string): boolean {
    return questionId in this.#before;
  }

  agree(questionId: string, agreed: AgreedAnswer | null): Promise<void> {
    return this.#put(questionId, { ...pick(this.of(questionId)), agreed });
  }

  giveCause(questionId: string, cause: Cause | null): Promise<void> {
    return this.#put(questionId, { ...pick(this.of(questionId)), cause });
  }

  undo(questionId: string): Promise<void> {
    return this.#put(questionId, this.#before[questionId] ?? nothing);
  }

  async #put(questionId: string, outcome: Outcome): Promise<void> {
    const before = pick(this.of(questionId));
    this.#sent = { ...this.#sent, [questionId]: outcome };
    const put = () => this.#send(questionId, outcome);
    const sending = this.#last.get(questionId)?.then(put) ?? put();
    this.#last.set(questionId, sending);
    this.#problem = await sending;
    if (this.#last.get(questionId) === sending) this.#last.delete(questionId);
    if (!this.#problem) this.#before = { ...this.#before, [questionId]: before };
    if (this.#sent[questionId] === outcome) {
      const { [questionId]: _, ...rest } = this.#sent;
      this.#sent = rest;
    }
  }
}
