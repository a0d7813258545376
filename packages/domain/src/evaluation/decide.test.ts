import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Sheet } from '../answer.ts';
import { fraction } from '../points.ts';
import { binary, fail, pass, scale, scorecardOf, value } from '../questions.fixture.ts';
import type { Scorecard } from '../scorecard.ts';
import type { EvaluationCommand, EvaluationCommandType } from './command.ts';
import { decideEvaluation } from './decide.ts';
import { evolveEvaluation } from './evolve.ts';
import type { EvaluationFactsOf } from './facts.ts';
import { disputableUntil, responseTo, waitsForAgent } from './response.ts';
import { countedOf, type Evaluation, type SubmittedEvaluation } from './state.ts';

const scorecard: Scorecard = {
  ...scorecardOf(binary('greets'), scale('tone', 0, 10, { naEligible: false })),
  disputeWindowHours: 48,
  agentResponse: 'acknowledge-or-dispute',
};
const sheet = (greets: Answer, tone: Answer): Sheet => ({
  greets: { answer: greets, comment: 'Hello', evidence: [] },
  tone: { answer: tone, comment: '', evidence: [] },
});
const draft: Evaluation = {
  id: 'evaluation',
  agentId: 'agent',
  evaluatorId: 'ella',
  scope: { kind: 'organisation' },
  interactionId: 'interaction',
  scorecardVersionId: 'version',
  scorecard,
  status: 'draft',
};
const at = (hours: number) => new Date(Date.UTC(2026, 0, 1, hours)).toISOString();

/** What each command is told where a test does not say otherwise. */
const factsFor: { readonly [T in EvaluationCommandType]?: EvaluationFactsOf<T> } = {
  submit: { sheet: sheet(pass, value(5)), transcriptLines: 0 },
  'hand-on': { isActive: false, hindrance: null },
  'resolve-dispute': { isInCalibration: false },
  correct: { isInCalibration: false },
  void: { isInCalibration: false },
};

type Step = readonly [by: string, hours: number, command: EvaluationCommand, facts?: object];

function run(evaluation: Evaluation, [by, hours, command, facts]: Step) {
  const given = (facts ?? factsFor[command.type] ?? null) as EvaluationFactsOf<EvaluationCommandType>;
  const decision = decideEvaluation(evaluation, command, given, { by, now: at(hours) });
  if (!decision.ok) return { evaluation, refusal: decision.refusal.code };
  let next: Evaluation | null = evaluation;
  for (const event of decision.events) next = next && evolveEvaluation(next, event);
  return { evaluation: next, refusal: null };
}

function after(...steps: readonly Step[]): Evaluation {
  let evaluation: Evaluation = draft;
  for (const step of steps) {
    const ran = run(evaluation, step);
    if (ran.refusal !== null || !ran.evaluation) throw new Error(`${step[2].type}: ${ran.refusal}`);
    evaluation = ran.evaluation;
  }
  return evaluation;
}
const refusal = (evaluation: Evaluation, ...step: Step) => run(evaluation, step).refusal;
const counted = (evaluation: Evaluation) => countedOf(evaluation as SubmittedEvaluation);

const submit: Step = ['ella', 0, { type: 'submit', seen: null }];
const acknowledge = (hours: number): Step => ['agent', hours, { type: 'acknowledge' }];
const dispute = (hours: number, ...ids: string[]): Step => [
  'agent',
  hours,
  {
    type: 'dispute',
    why: 'I did greet.',
    questions: ids.map((questionId) => ({ questionId, proposed: null })),
  },
];
const begin = (hours: number): Step => ['lea', hours, { type: 'begin-dispute' }];
const resolve = (hours: number, changedTo: Answer | null, by = 'lea'): Step => [
  by,
  hours,
  { type: 'resolve-dispute', rulings: [{ questionId: 'tone', changedTo, reason: 'Heard it again.' }] },
];
const correct = (hours: number, tone: Answer, by = 'lea'): Step => [
  by,
  hours,
  { type: 'correct', answers: [{ questionId: 'tone', answer: tone }], why: 'As agreed.', sessionId: 's' },
];

describe('submitting', () => {
  it('[E2 E5] fixes the answers with their exact total; then there is nothing to submit', () => {
    const submitted = after(submit);
    expect(submitted).toMatchObject({ status: 'submitted', revisions: [], windowFrom: at(0) });
    expect(counted(submitted)).toMatchObject({ by: 'ella', at: at(0), total: fraction(3, 4) });
    expect(refusal(submitted, ...submit)).toBe('wrong-status');
  });

  it('[E2] refuses what is incomplete, and what is not what the evaluator saw', () => {
    const blank = { sheet: {}, transcriptLines: 0 };
    expect(refusal(draft, 'ella', 0, { type: 'submit', seen: null }, blank)).toBe('incomplete-sheet');
    const seen = sheet(fail, value(5));
    expect(refusal(draft, 'ella', 0, { type: 'submit', seen })).toBe('sheet-not-saved');
  });
});

describe('a draft', () => {
  it('[E2] is discarded, or handed on empty once its evaluator is deactivated', () => {
    expect(run(draft, ['lea', 1, { type: 'discard' }]).evaluation).toBeNull();
    const handOn: EvaluationCommand = { type: 'hand-on', to: 'eric' };
    expect(after(['lea', 1, handOn])).toMatchObject({ status: 'draft', evaluatorId: 'eric' });
    expect(refusal(draft, 'lea', 1, handOn, { isActive: true, hindrance: null })).toBe('evaluator-active');
    const elsewhere = { isActive: false, hindrance: { why: 'role' } };
    expect(refusal(draft, 'lea', 1, handOn, elsewhere)).toBe('may-not-evaluate');
    expect(refusal(after(submit), 'lea', 1, { type: 'discard' })).toBe('wrong-status');
  });
});

describe('the agent', () => {
  it('[E2] answers as the scorecard asks; an older one asks by its window', () => {
    expect(responseTo({ disputeWindowHours: 48 })).toBe('acknowledge-or-dispute');
    expect(responseTo({ disputeWindowHours: 0 })).toBe('acknowledge');
    const asks = (agentResponse: Scorecard['agentResponse']): Evaluation => ({
      ...after(submit),
      scorecard: { ...scorecard, ...(agentResponse && { agentResponse }) },
    });
    expect(refusal(asks('none'), ...acknowledge(1))).toBe('no-response-asked');
    expect(refusal(asks('acknowledge'), ...dispute(1))).toBe('no-response-asked');
    expect(refusal(asks('acknowledge'), ...acknowledge(1))).toBeNull();
  });

  it('[E2] disputes within the window, after acknowledging too; acknowledges once', () => {
    const acknowledged = after(submit, acknowledge(1));
    expect(acknowledged).toMatchObject({ status: 'acknowledged', acknowledgedAt: at(1) });
    expect(refusal(acknowledged, ...acknowledge(2))).toBe('already-acknowledged');
    expect(disputableUntil(acknowledged)).toBe(at(48));
    expect(refusal(acknowledged, ...dispute(47, 'tone'))).toBeNull();
    expect(refusal(acknowledged, ...dispute(48, 'tone'))).toBe('window-over');
  });

  it('[E2 E6] withdraws a dispute until a lead begins, and is where they were before', () => {
    const withdraw: EvaluationCommand = { type: 'withdraw-dispute' };
    const disputed = after(submit, acknowledge(1), dispute(2));
    expect(after(submit, acknowledge(1), dispute(2), ['agent', 3, withdraw])).toEqual(
      after(submit, acknowledge(1)),
    );
    expect(run(disputed, begin(3)).refusal).toBeNull();
    expect(refusal(after(submit, dispute(2), begin(3)), 'agent', 4, withdraw)).toBe('dispute-begun');
  });

  it('[E6] disputes questions there are, each once, and says why', () => {
    const submitted = after(submit);
    expect(refusal(submitted, ...dispute(1, 'nothing'))).toBe('unknown-question');
    expect(refusal(submitted, ...dispute(1, 'tone', 'tone'))).toBe('question-twice');
    const [by, hours] = dispute(1);
    expect(refusal(submitted, by, hours, { type: 'dispute', why: ' ', questions: [] })).toBe(
      'reason-required',
    );
    const proposed = value(11);
    expect(
      refusal(submitted, by, hours, {
        type: 'dispute',
        why: 'No.',
        questions: [{ questionId: 'tone', proposed }],
      }),
    ).toBe('illegal-answer');
  });
});

describe('a lead', () => {
  it('[E6] keeps or changes each disputed answer with a reason; both scores stand', () => {
    const disputed = after(submit, dispute(1, 'tone'));
    const kept = after(submit, dispute(1, 'tone'), begin(2), resolve(3, null));
    expect(kept).toMatchObject({ status: 'resolved', revisions: [], windowFrom: null });
    const changed = after(submit, dispute(1, 'tone'), resolve(3, value(9)));
    expect(changed).toMatchObject({ status: 'resolved', first: { total: fraction(3, 4) } });
    expect(counted(changed)).toMatchObject({ by: 'lea', at: at(3), total: fraction(19, 20) });
    expect(counted(changed).sheet.greets).toEqual(sheet(pass, value(5)).greets);
    expect(refusal(disputed, ...resolve(3, null, 'ella'))).toBe('own-evaluation');
    expect(refusal(disputed, 'lea', 3, { type: 'resolve-dispute', rulings: [] })).toBe('no-ruling');
    expect(refusal(disputed, ...resolve(3, value(11)))).toBe('illegal-answer');
    expect(refusal(disputed, ...correct(3, value(9)))).toBe('wrong-status');
  });

  it('[E2] whose revision lowers the score opens the window once more', () => {
    const lower = after(submit, dispute(1, 'tone'), resolve(50, value(1)));
    expect(disputableUntil(lower)).toBe(at(98));
    expect(waitsForAgent(lower, at(60))).toBe(true);
    expect(refusal(lower, ...dispute(97, 'tone'))).toBeNull();
    const higher = after(submit, acknowledge(1), correct(60, value(8)));
    expect(higher.status).toBe('acknowledged');
    expect(refusal(higher, ...dispute(61, 'tone'))).toBe('window-over');
    const corrected = after(submit, acknowledge(1), correct(60, value(2)));
    expect(refusal(corrected, ...dispute(61, 'tone'))).toBeNull();
    expect(waitsForAgent(after(submit, dispute(1, 'tone'), resolve(2, null)), at(3))).toBe(false);
  });

  it('[E2 E7] changes and voids nothing while a calibration of it is scoring, nor their own', () => {
    const submitted = after(submit);
    const inCalibration = { isInCalibration: true };
    const [by, hours, command] = correct(2, value(9));
    expect(refusal(submitted, by, hours, command, inCalibration)).toBe('in-calibration');
    const voids: EvaluationCommand = { type: 'void', reason: 'The wrong call.' };
    expect(refusal(submitted, 'lea', 2, voids, inCalibration)).toBe('in-calibration');
    expect(refusal(submitted, ...correct(2, value(9), 'ella'))).toBe('own-evaluation');
    expect(refusal(submitted, ...correct(2, value(5)))).toBe('nothing-changed');
    const voided = after(submit, ['lea', 2, voids]);
    expect(voided).toMatchObject({ status: 'voided', voidedBy: 'lea', reason: 'The wrong call.' });
    expect(refusal(voided, 'lea', 3, voids)).toBe('wrong-status');
    expect(refusal(draft, 'lea', 3, voids)).toBe('wrong-status');
  });
});

describe('any history', () => {
  const person = fc.constantFrom('ella', 'lea', 'agent');
  const answer = fc.integer({ min: 0, max: 12 }).map(value);
  const command: fc.Arbitrary<EvaluationCommand> = fc.oneof(
    fc.constantFrom<EvaluationCommand>(
      { type: 'submit', seen: null },
      { type: 'acknowledge' },
      { type: 'withdraw-dispute' },
      { type: 'begin-dispute' },
      { type: 'void', reason: 'Wrong' },
      { type: 'dispute', why: 'Why', questions: [{ questionId: 'tone', proposed: null }] },
    ),
    answer.map((changedTo): EvaluationCommand => resolve(0, changedTo)[2]),
    answer.map((tone): EvaluationCommand => correct(0, tone)[2]),
  );

  it('[E2] overwrites nothing that was submitted, and a void stays as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(person, command), { maxLength: 30 }), (presses) => {
        let evaluation: Evaluation = draft;
        presses.forEach(([by, pressed], hours) => {
          const next = run(evaluation, [by, hours, pressed]).evaluation;
          if (!next) throw new Error('gone');
          if (evaluation.status === 'voided') expect(next).toBe(evaluation);
          if (evaluation.status !== 'draft' && next.status !== 'draft') {
            expect(next.first).toBe(evaluation.first);
            expect(next.revisions.slice(0, evaluation.revisions.length)).toEqual(evaluation.revisions);
            expect(next.disputes.slice(0, evaluation.disputes.length)).toEqual(evaluation.disputes);
            expect(next.revisions.every((revision) => revision.by !== next.evaluatorId)).toBe(true);
          }
          evaluation = next;
        });
      }),
    );
  });
});
