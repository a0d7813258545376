// What a command does to a session, or why not (C3), as one pure function: state and facts in, events out. `evolve` makes the next
// state of them. No I/O; time and ids come in. Screens ask the same rules why a button is off; the server's answer counts.
import type { Command, CommandType } from './command.ts';
import type { Decision } from './decision.ts';
import * as discussion from './discussion.ts';
import type { FactsOf } from './facts.ts';
import * as joining from './joining.ts';
import * as lifecycle from './lifecycle.ts';
import { agree } from './outcome.ts';
import * as people from './people.ts';
import type { Refusal } from './refusal.ts';
import * as revotes from './revotes.ts';
import * as scoring from './scoring.ts';
import { goneQuestions, type Session } from './state.ts';

type Decider<T extends CommandType> = (
  session: Session,
  command: Command<T>,
  facts: FactsOf<T>,
  now: string,
) => Decision;

const deciders: { readonly [T in CommandType]: Decider<T> } = {
  'edit-settings': lifecycle.editSettings,
  'move-version': lifecycle.moveVersion,
  delete: lifecycle.remove,
  'start-scoring': lifecycle.startScoring,
  reveal: lifecycle.reveal,
  resolve: lifecycle.resolve,
  close: lifecycle.close,
  'hand-over': lifecycle.handOver,
  'take-over': lifecycle.takeOver,
  'set-names': lifecycle.setNames,

  'add-participant': people.addParticipant,
  'remove-participant': people.removeParticipant,
  'put-out': people.putOut,
  'let-back-in': people.letBackIn,
  'rename-guest': people.renameGuest,

  submit: scoring.submit,
  'take-back': scoring.takeBack,
  excuse: scoring.excuse,
  readmit: scoring.readmit,
  'start-afresh': scoring.startAfresh,
  'restart-place': scoring.restartPlace,

  agree,

  focus: discussion.focus,
  timer: discussion.setTimer,
  sweep: discussion.sweep,
  undo: discussion.undo,
  'set-speak-first': discussion.setSpeakFirst,

  'open-revote': revotes.open,
  vote: revotes.vote,
  'reveal-revote': revotes.reveal,
  'cancel-revote': revotes.cancel,

  join: joining.join,
  knock: joining.knock,
  admit: joining.admit,
  'turn-away': joining.turnAway,
  'empty-lobby': joining.emptyLobby,
};

/**
 * What the command does to the session. Whether the person may give it is `maySession`'s business, asked before.
 *
 * @param facts what the command type needs beside the session, as they are now
 * @param now ISO 8601 instant, UTC
 */
export function decide<T extends CommandType>(
  session: Session,
  command: Command<T>,
  facts: FactsOf<T>,
  now: string,
): Decision {
  const decider: Decider<T> = deciders[command.type as T];
  return decider(session, command, facts, now);
}

/**
 * What the session alone refuses, before any fact is looked up: nobody's answers are opened for a command that cannot be. `null`
 * says nothing yet; `decide` asks the same again.
 */
export function whyNot(session: Session, command: Command): Refusal | null {
  switch (command.type) {
    case 'edit-settings':
      return lifecycle.whyNotEdit(session);
    case 'start-scoring':
      return lifecycle.whyNotStart(session, goneQuestions(session));
    case 'reveal':
      return lifecycle.whyNotReveal(session);
    case 'resolve':
      return lifecycle.whyNotResolve(session);
    case 'submit':
      return scoring.whyNotSubmit(session, command.memberId);
    case 'sweep':
      return discussion.whyNotSweep(session);
    case 'reveal-revote':
      return revotes.whyNotRevealRevote(session, command);
    default:
      return null;
  }
}
