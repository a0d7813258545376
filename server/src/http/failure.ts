// How a service's failure becomes a problem: here and nowhere else.
import type { Failure, Outcome } from '../outcome.ts';
import { ProblemError, refusalProblem } from './problem.ts';

export function failureProblem(failure: Failure): ProblemError {
  switch (failure.kind) {
    case 'denial':
      return new ProblemError(failure.slug, failure.detail === undefined ? {} : { detail: failure.detail });
    case 'conflict':
      return new ProblemError(
        failure.slug,
        failure.present === undefined ? {} : { present: failure.present },
      );
    case 'refusal':
      return refusalProblem(
        failure.refusal,
        failure.present === undefined ? {} : { present: failure.present },
      );
    case 'bad-input':
      return new ProblemError(failure.slug, { errors: failure.errors });
  }
}

/** What was asked for. @throws {ProblemError} where the service failed */
export function accepted<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'done') return outcome.value;
  throw failureProblem(outcome);
}
