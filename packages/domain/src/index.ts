// The public names of the domain: the rules, and nothing that knows of time, randomness, wires, rows or screens.
export * from './access.ts';
export * from './alignment.ts';
export * from './answer.ts';
export * from './board.ts';
export * from './board-reading.ts';
export * from './build-board.ts';
export * from './canonical.ts';
export * from './commitments.ts';
export * from './day.ts';
export * from './divergence.ts';
export * from './evaluation/command.ts';
export { decideEvaluation, type EvaluationDecision, type Pressing } from './evaluation/decide.ts';
export * from './evaluation/event.ts';
export { evolveEvaluation } from './evaluation/evolve.ts';
export type { EvaluationFactsOf } from './evaluation/facts.ts';
export * from './evaluation/refusal.ts';
export * from './evaluation/response.ts';
export * from './evaluation/state.ts';
export * from './evaluator.ts';
export * from './example.ts';
export * from './from-median.ts';
export * from './held.ts';
export * from './member.ts';
export * from './pass-mark.ts';
export * from './permission.ts';
export * from './place.ts';
export {
  exceedsThreshold,
  type Fraction,
  fromHundredths,
  roundedBeside,
  roundedForDisplay,
  toHundredths,
  toNumber,
  toPercent,
} from './points.ts';
export * from './points-lost.ts';
export * from './proof.ts';
export * from './readable.ts';
export * from './record.ts';
export * from './record-figures.ts';
export * from './reliability.ts';
export * from './reminder.ts';
export { type RecordSources, retellRecord } from './retell.ts';
export * from './score.ts';
export * from './scorecard.ts';
export * from './scorecard-check.ts';
export * from './scorecard-compare.ts';
export * from './scorecard-edit.ts';
export * from './scorecard-fields.ts';
export { type Collision, type Merged, mergeScorecards } from './scorecard-merge.ts';
export * from './scorecard-shares.ts';
export * from './session/command.ts';
export * from './session/decide.ts';
export type { Decision } from './session/decision.ts';
export * from './session/event.ts';
export { evolve } from './session/evolve.ts';
export * from './session/facts.ts';
export * from './session/held-log.ts';
export { mostWaiting, mostWaitingFromOnePlace } from './session/joining.ts';
export { stepFrom, whyNotReveal, whyNotStart } from './session/lifecycle.ts';
export * from './session/logged.ts';
export * from './session/refusal.ts';
export { secondRound, waitingForVotes } from './session/revotes.ts';
export { rightTo } from './session/right.ts';
export { whyNotExcuse } from './session/scoring.ts';
export * from './session/state.ts';
export * from './session/status.ts';
export { longestTimerMs, shortestTimerMs, timeLeftMs } from './session/timer.ts';
export { saysNothingOfInteraction, timesInPast } from './session/times.ts';
export * from './sheet-check.ts';
export { answerKey } from './tally.ts';
export { type ToldSession, tell } from './told.ts';
export * from './transcript.ts';
export * from './verify.ts';
