// The public names of the domain: the rules, and nothing that knows of time, randomness, wires, rows or screens.
export * from './answer.ts';
export * from './board.ts';
export * from './build-board.ts';
export * from './divergence.ts';
export * from './evaluator.ts';
export * from './permission.ts';
export {
  displayPercent,
  exceedsThreshold,
  type Fraction,
  fromHundredths,
  toHundredths,
  toNumber,
  toPercent,
} from './points.ts';
export * from './proof.ts';
export * from './record.ts';
export * from './refusal.ts';
export * from './reliability.ts';
export * from './score.ts';
export * from './scorecard.ts';
export * from './scorecard-check.ts';
export * from './session.ts';
