// What an agent may answer to an evaluation (E2), and until when.
import type { AgentResponse, Scorecard } from '../scorecard.ts';
import type { EvaluationRefusal } from './refusal.ts';
import type { Evaluation } from './state.ts';

const hourMs = 60 * 60 * 1000;

/** Versions made before they said so: a dispute where there is a window, else an acknowledgement. */
export const responseTo = ({
  agentResponse,
  disputeWindowHours,
}: Pick<Scorecard, 'agentResponse' | 'disputeWindowHours'>): AgentResponse =>
  agentResponse ?? (disputeWindowHours > 0 ? 'acknowledge-or-dispute' : 'acknowledge');

/** When the window ends, ISO 8601, UTC; `null` where none is open or will be. */
export function disputableUntil(evaluation: Evaluation): string | null {
  if (evaluation.status === 'draft' || evaluation.windowFrom === null) return null;
  const { scorecard, windowFrom } = evaluation;
  if (responseTo(scorecard) !== 'acknowledge-or-dispute') return null;
  return new Date(Date.parse(windowFrom) + scorecard.disputeWindowHours * hourMs).toISOString();
}

/** Why its agent may not acknowledge it. */
export function whyNotAcknowledge(evaluation: Evaluation): EvaluationRefusal | null {
  if (evaluation.status === 'acknowledged') return { code: 'already-acknowledged' };
  if (evaluation.status !== 'submitted')
    return { code: 'wrong-status', status: evaluation.status, needs: ['submitted'] };
  return responseTo(evaluation.scorecard) === 'none' ? { code: 'no-response-asked' } : null;
}

/** Why its agent may not dispute it now. A dispute wins over an acknowledgement, within the window. */
export function whyNotDispute(evaluation: Evaluation, now: string): EvaluationRefusal | null {
  if (evaluation.status === 'draft' || evaluation.status === 'disputed' || evaluation.status === 'voided')
    return {
      code: 'wrong-status',
      status: evaluation.status,
      needs: ['submitted', 'acknowledged', 'resolved'],
    };
  if (responseTo(evaluation.scorecard) !== 'acknowledge-or-dispute') return { code: 'no-response-asked' };
  const until = disputableUntil(evaluation);
  return until !== null && now < until ? null : { code: 'window-over', until };
}

/** Whether it waits for its agent: no response has been given, and one may be (E2). */
export const waitsForAgent = (evaluation: Evaluation, now: string): boolean =>
  whyNotAcknowledge(evaluation) === null ||
  (evaluation.status === 'resolved' && whyNotDispute(evaluation, now) === null);
