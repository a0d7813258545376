// What a command does to an evaluation, or why not (E2), as one pure function: state and facts in, events out. Time comes in, and
// who presses: whether they may is the permission table's business, asked before.
import { checkAnswer, type Sheet } from '../answer.ts';
import { canonicalJson } from '../canonical.ts';
import { compare, reduced } from '../points.ts';
import { fractionOf, scoreExactly } from '../score.ts';
import { questionsOf, type Scorecard } from '../scorecard.ts';
import { missing } from '../sheet-check.ts';
import type { ChangedAnswer, EvaluationCommand, EvaluationCommandType } from './command.ts';
import type { EvaluationEvent } from './event.ts';
import type { EvaluationFactsOf } from './facts.ts';
import type { EvaluationRefusal } from './refusal.ts';
import { whyNotAcknowledge, whyNotDispute } from './response.ts';
import {
  type Counted,
  countedOf,
  type Dispute,
  type Evaluation,
  type EvaluationStatus,
  type Revision,
  type SubmittedEvaluation,
} from './state.ts';

/** What happens because of a command, or why nothing does. */
export type EvaluationDecision =
  | { readonly ok: true; readonly events: readonly EvaluationEvent[] }
  | { readonly ok: false; readonly refusal: EvaluationRefusal };

/** Who presses, and when: ISO 8601 instant, UTC. */
export interface Pressing {
  readonly by: string;
  readonly now: string;
}

type Decider<T extends EvaluationCommandType> = (
  evaluation: Evaluation,
  command: EvaluationCommand<T>,
  facts: EvaluationFactsOf<T>,
  pressing: Pressing,
) => EvaluationDecision;

const refuse = (refusal: EvaluationRefusal): EvaluationDecision => ({ ok: false, refusal });
const accept = (...events: EvaluationEvent[]): EvaluationDecision => ({ ok: true, events });
const wrongStatus = ({ status }: Evaluation, ...needs: EvaluationStatus[]): EvaluationDecision =>
  refuse({ code: 'wrong-status', status, needs });

/** Answers with their total, as they count from now on. */
function count(scorecard: Scorecard, sheet: Sheet, { by, now }: Pressing): Counted {
  const { total } = scoreExactly(scorecard, (question) =>
    fractionOf(question, sheet[question.id]?.answer ?? null),
  );
  return { sheet, total: total.score && reduced(total.score), at: now, by };
}

const submit: Decider<'submit'> = (evaluation, { seen }, { sheet, transcriptLines }, pressing) => {
  if (evaluation.status !== 'draft') return wrongStatus(evaluation, 'draft');
  if (seen !== null && canonicalJson(seen) !== canonicalJson(sheet))
    return refuse({ code: 'sheet-not-saved' });
  const problems = missing(evaluation.scorecard, sheet, transcriptLines);
  if (problems.length > 0) return refuse({ code: 'incomplete-sheet', problems });
  return accept({ type: 'submitted', first: count(evaluation.scorecard, sheet, pressing) });
};

const discard: Decider<'discard'> = (evaluation, _command, _facts, { by }) =>
  evaluation.status === 'draft' ? accept({ type: 'discarded', by }) : wrongStatus(evaluation, 'draft');

const handOn: Decider<'hand-on'> = (evaluation, { to }, { isActive, hindrance }, { by }) => {
  if (evaluation.status !== 'draft') return wrongStatus(evaluation, 'draft');
  if (isActive) return refuse({ code: 'evaluator-active' });
  if (hindrance) return refuse({ code: 'may-not-evaluate', hindrance });
  return accept({ type: 'handed-on', from: evaluation.evaluatorId, to, by });
};

const acknowledge: Decider<'acknowledge'> = (evaluation, _command, _facts, { now: at }) => {
  const no = whyNotAcknowledge(evaluation);
  return no ? refuse(no) : accept({ type: 'acknowledged', at });
};

const dispute: Decider<'dispute'> = (evaluation, { why, questions }, _facts, { now: at }) => {
  const no =
    whyNotDispute(evaluation, at) ??
    whyNotNamed(
      evaluation.scorecard,
      questions.map(({ questionId, proposed: answer }) => ({ questionId, answer })),
    );
  if (no) return refuse(no);
  if (why.trim() === '') return refuse({ code: 'reason-required' });
  return accept({ type: 'disputed', dispute: { at, why: why.trim(), questions } });
};

const withdrawDispute: Decider<'withdraw-dispute'> = (evaluation) => {
  if (evaluation.status !== 'disputed') return wrongStatus(evaluation, 'disputed');
  return evaluation.begunBy === null
    ? accept({ type: 'dispute-withdrawn' })
    : refuse({ code: 'dispute-begun' });
};

const beginDispute: Decider<'begin-dispute'> = (evaluation, _command, _facts, { by }) => {
  if (evaluation.status !== 'disputed') return wrongStatus(evaluation, 'disputed');
  if (by === evaluation.evaluatorId) return refuse({ code: 'own-evaluation' });
  return evaluation.begunBy === by ? accept() : accept({ type: 'dispute-begun', by });
};

const resolveDispute: Decider<'resolve-dispute'> = (
  evaluation,
  { rulings },
  { isInCalibration },
  pressing,
) => {
  if (evaluation.status !== 'disputed') return wrongStatus(evaluation, 'disputed');
  const changes = rulings.map(({ questionId, changedTo: answer }) => ({ questionId, answer }));
  const no =
    whyNotRevise(evaluation, isInCalibration, pressing) ??
    whyNotNamed(evaluation.scorecard, changes) ??
    whyNotAnswered(evaluation.dispute, rulings) ??
    (rulings.some(({ reason }) => reason.trim() === '') ? { code: 'reason-required' as const } : null);
  if (no) return refuse(no);
  const changed = changedIn(evaluation, changes);
  const revision =
    changed.length > 0 ? revise(evaluation, changed, { why: '', sessionId: null }, pressing) : null;
  const { by: settledBy, now: settledAt } = pressing;
  return accept({
    type: 'dispute-resolved',
    dispute: { ...evaluation.dispute, settledAt, settledBy, rulings },
    revision,
    fell: revision !== null && isLower(countedOf(evaluation), revision),
  });
};

const correct: Decider<'correct'> = (
  evaluation,
  { answers, why, sessionId },
  { isInCalibration },
  pressing,
) => {
  if (evaluation.status === 'draft' || evaluation.status === 'disputed' || evaluation.status === 'voided')
    return wrongStatus(evaluation, 'submitted', 'acknowledged', 'resolved');
  const no =
    whyNotRevise(evaluation, isInCalibration, pressing) ??
    whyNotNamed(evaluation.scorecard, answers) ??
    (why.trim() === '' ? { code: 'reason-required' as const } : null);
  if (no) return refuse(no);
  const changed = changedIn(evaluation, answers);
  if (changed.length === 0) return refuse({ code: 'nothing-changed' });
  const revision = revise(evaluation, changed, { why: why.trim(), sessionId }, pressing);
  return accept({ type: 'corrected', revision, fell: isLower(countedOf(evaluation), revision) });
};

const voidIt: Decider<'void'> = (evaluation, { reason }, { isInCalibration }, { by, now: at }) => {
  if (evaluation.status === 'draft' || evaluation.status === 'voided')
    return wrongStatus(evaluation, 'submitted', 'acknowledged', 'disputed', 'resolved');
  if (isInCalibration) return refuse({ code: 'in-calibration' });
  if (reason.trim() === '') return refuse({ code: 'reason-required' });
  return accept({ type: 'voided', at, by, reason: reason.trim() });
};

/** What a lead changes is not their own work, and not under way elsewhere. */
function whyNotRevise(
  { evaluatorId }: SubmittedEvaluation,
  isInCalibration: boolean,
  { by }: Pressing,
): EvaluationRefusal | null {
  if (by === evaluatorId) return { code: 'own-evaluation' };
  return isInCalibration ? { code: 'in-calibration' } : null;
}

/** Each question is the scorecard's, is named once, and gets a legal answer, if any. */
function whyNotNamed(
  scorecard: Scorecard,
  named: readonly { readonly questionId: string; readonly answer: ChangedAnswer['answer'] | null }[],
): EvaluationRefusal | null {
  const questions = new Map(questionsOf(scorecard).map((question) => [question.id, question]));
  const seen = new Set<string>();
  for (const { questionId, answer } of named) {
    const question = questions.get(questionId);
    if (!question) return { code: 'unknown-question', questionId };
    if (seen.has(questionId)) return { code: 'question-twice', questionId };
    if (checkAnswer(question, answer)) return { code: 'illegal-answer', questionId };
    seen.add(questionId);
  }
  return null;
}

function whyNotAnswered(
  { questions }: Dispute,
  rulings: readonly { readonly questionId: string }[],
): EvaluationRefusal | null {
  const judged = new Set(rulings.map(({ questionId }) => questionId));
  const questionIds = questions
    .map(({ questionId }) => questionId)
    .filter((questionId) => !judged.has(questionId));
  return questionIds.length > 0 ? { code: 'no-ruling', questionIds } : null;
}

/** Those that are another answer than the one that counts. */
function changedIn(
  evaluation: SubmittedEvaluation,
  changes: readonly { readonly questionId: string; readonly answer: ChangedAnswer['answer'] | null }[],
): ChangedAnswer[] {
  const { sheet } = countedOf(evaluation);
  return changes.flatMap(({ questionId, answer }) =>
    answer !== null && canonicalJson(answer) !== canonicalJson(sheet[questionId]?.answer ?? null)
      ? [{ questionId, answer }]
      : [],
  );
}

/** The answers that count with some of them changed; comments and citations stay their author's. */
function revise(
  evaluation: SubmittedEvaluation,
  changed: readonly ChangedAnswer[],
  about: Pick<Revision, 'why' | 'sessionId'>,
  pressing: Pressing,
): Revision {
  const { sheet } = countedOf(evaluation);
  const revised = changed.map(({ questionId, answer }) => [
    questionId,
    { comment: '', evidence: [], ...sheet[questionId], answer },
  ]);
  return { ...count(evaluation.scorecard, { ...sheet, ...Object.fromEntries(revised) }, pressing), ...about };
}

const isLower = (before: Counted, after: Counted): boolean =>
  before.total !== null && after.total !== null && compare(after.total, before.total) < 0;

const deciders: { readonly [T in EvaluationCommandType]: Decider<T> } = {
  submit,
  discard,
  'hand-on': handOn,
  acknowledge,
  dispute,
  'withdraw-dispute': withdrawDispute,
  'begin-dispute': beginDispute,
  'resolve-dispute': resolveDispute,
  correct,
  void: voidIt,
};

/**
 * What the command does to the evaluation.
 *
 * @param facts what the command type needs beside the evaluation, as they are now
 */
export function decideEvaluation<T extends EvaluationCommandType>(
  evaluation: Evaluation,
  command: EvaluationCommand<T>,
  facts: EvaluationFactsOf<T>,
  pressing: Pressing,
): EvaluationDecision {
  const decider: Decider<T> = deciders[command.type as T];
  return decider(evaluation, command, facts, pressing);
}
