// The public names of the domain: the rules, and nothing that knows of time, randomness, wires, rows or screens.
export * from './access.ts';
export * from './answer.ts';
export * from './board.ts';
export * from './build-board.ts';
export * from './decide.ts';
export * from './discussion.ts';
export * from './divergence.ts';
export * from './evaluator.ts';
export * from './joining.ts';
export * from './member.ts';
export type { PeopleCommand, PeopleEvent } from './people.ts';
export * from './permission.ts';
export * from './place.ts';
export {
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
export * from './reminder.ts';
export * from './revote.ts';
export * from './score.ts';
export * from './scorecard.ts';
export * from './scorecard-check.ts';
export {
  type AgreedAnswer,
  type Cause,
  type Command,
  causes,
  type Decision,
  fewestParticipants,
  isRevealed,
  isRevealedSession,
  nextStatus,
  type Participant,
  type ParticipantState,
  passingEvents,
  type Resolution,
  type RestartCause,
  type Session,
  type SessionEvent,
  type SessionStatus,
  type Settings,
  sessionStatuses,
  type TranscriptLine,
} from './session.ts';
