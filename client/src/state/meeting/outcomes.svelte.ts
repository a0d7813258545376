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

/** What came of a change, and what stood before and stands after it: the same where it was refused. */
interface Sent {
  readonly problem: ApiProblem | null;
  readonly before: Outcome;
  readonly after: Outcome;
}

export class Outcomes {
  readonly #session: ResolvedSession;
  readonly #send: Put;
  /** What was pressed and is on its way, by question. */
  #sent = $state.raw<Readonly<Record<string, Outcome>>>({});
  /** What stood before the last change here, by question. */
  #before = $state.raw<Readonly<Record<string, Outcome>>>({});
  #problem = $state.raw<ApiProblem | null>(null);
  /** The last change of each question: the next one waits for it, so that they arrive in the order in which they were pressed. */
  readonly #last = new Map<string, Promise<Sent>>();

  constructor(session: ResolvedSession, put: Put) {
    this.#session = session;
    this.#send = put;
  }

  of(questionId: string): Outcome {
    return this.#sent[questionId] ?? this.#stored(questionId);
  }

  #stored(questionId: string): Outcome {
    return (
      this.#session.shared.resolutions.find((resolution) => resolution.questionId === questionId) ?? nothing
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
    this.#sent = { ...this.#sent, [questionId]: outcome };
    const sending = this.#sendAfter(this.#last.get(questionId), questionId, outcome);
    this.#last.set(questionId, sending);
    const { problem, before } = await sending;
    this.#problem = problem;
    if (this.#last.get(questionId) === sending) this.#last.delete(questionId);
    if (!problem) this.#before = { ...this.#before, [questionId]: before };
    if (this.#sent[questionId] === outcome) {
      const { [questionId]: _, ...rest } = this.#sent;
      this.#sent = rest;
    }
  }

  async #sendAfter(last: Promise<Sent> | undefined, questionId: string, outcome: Outcome): Promise<Sent> {
    const before = last ? (await last).after : pick(this.#stored(questionId));
    const problem = await this.#send(questionId, outcome);
    return { problem, before, after: problem ? before : outcome };
  }
}
