// What the group agrees on a question (C10).
import { checkAnswer } from '../answer.ts';
import { questionsOf } from '../scorecard.ts';
import type { Command } from './command.ts';
import { accept, type Decision, refuse, wrongStatus } from './decision.ts';
import type { Session } from './state.ts';

export function agree(session: Session, { questionId, agreed, cause }: Command<'agree'>): Decision {
  if (session.status !== 'review') return wrongStatus(session, 'review');
  const question = questionsOf(session.scorecard).find(({ id }) => id === questionId);
  if (!question) return refuse({ code: 'unknown-question', questionId });
  // The group may find that N/A was right even where the scorecard does not offer it.
  const legal =
    agreed === null ||
    agreed.kind === 'na' ||
    agreed.kind === 'scorecard-needs-changing' ||
    checkAnswer(question, agreed) === null;
  return legal
    ? accept({ type: 'agreed', questionId, agreed, cause })
    : refuse({ code: 'illegal-agreed-answer', questionId });
}
