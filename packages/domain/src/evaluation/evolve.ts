// The one place that makes an evaluation's next state: of the state before, and what happened.
import type { EvaluationEvent } from './event.ts';
import type { Evaluation, SubmittedEvaluation } from './state.ts';

/** @returns `null` of a draft that was discarded */
export function evolveEvaluation(evaluation: Evaluation, event: EvaluationEvent): Evaluation | null {
  switch (event.type) {
    case 'submitted':
      return {
        ...evaluation,
        status: 'submitted',
        first: event.first,
        revisions: [],
        acknowledgedAt: null,
        disputes: [],
        windowFrom: event.first.at,
      };
    case 'discarded':
      return null;
    case 'handed-on':
      return { ...evaluation, evaluatorId: event.to };
    case 'acknowledged':
      return { ...submitted(evaluation), status: 'acknowledged', acknowledgedAt: event.at };
    case 'disputed': {
      const before = submitted(evaluation);
      if (before.status === 'disputed' || before.status === 'voided')
        throw new Error('a dispute of what is disputed or void');
      return { ...before, status: 'disputed', before: before.status, dispute: event.dispute, begunBy: null };
    }
    case 'dispute-withdrawn': {
      const { before, dispute: _, begunBy: __, ...rest } = disputed(evaluation);
      return { ...rest, status: before };
    }
    case 'dispute-begun':
      return { ...disputed(evaluation), begunBy: event.by };
    case 'dispute-resolved': {
      const { before: _, dispute: __, begunBy: ___, ...rest } = disputed(evaluation);
      return {
        ...rest,
        status: 'resolved',
        disputes: [...rest.disputes, event.dispute],
        revisions: event.revision ? [...rest.revisions, event.revision] : rest.revisions,
        windowFrom: event.fell ? event.dispute.settledAt : null,
      };
    }
    case 'corrected': {
      const before = submitted(evaluation);
      return {
        ...before,
        revisions: [...before.revisions, event.revision],
        windowFrom: event.fell ? event.revision.at : before.windowFrom,
      };
    }
    case 'voided': {
      const { id, agentId, evaluatorId, scope, interactionId, scorecardVersionId, scorecard } = evaluation;
      const { first, revisions, acknowledgedAt, disputes } = submitted(evaluation);
      return {
        ...{ id, agentId, evaluatorId, scope, interactionId, scorecardVersionId, scorecard },
        ...{ first, revisions, acknowledgedAt, disputes },
        status: 'voided',
        windowFrom: null,
        voidedAt: event.at,
        voidedBy: event.by,
        reason: event.reason,
      };
    }
  }
}

function submitted(evaluation: Evaluation): SubmittedEvaluation {
  if (evaluation.status === 'draft') throw new Error('an event of what is submitted, in a draft');
  return evaluation;
}

function disputed(evaluation: Evaluation): Extract<Evaluation, { status: 'disputed' }> {
  if (evaluation.status !== 'disputed') throw new Error('an event of a dispute where there is none');
  return evaluation;
}
