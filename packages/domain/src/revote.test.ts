import { describe, expect, it } from 'vitest';
import { buildBoard } from './build-board.ts';
import { decide } from './decide.ts';
import { pass, value } from './questions.fixture.ts';
import { openRevote, waitingForVotes } from './revote.ts';
import { excused, fullSheet, now, scorecard, sessionIn, submitted } from './session.fixture.ts';
import type { Command, Session } from './session.ts';

const review = sessionIn('review', [submitted('ana'), submitted('ben'), excused('cho')]);
const numbers =
  buildBoard({
    scorecard,
    thresholdHundredths: 1_000,
    participants: ['p-ana', 'p-ben'].map((id) => ({ id, sheet: fullSheet })),
  }).questions[0] ?? null;

function after(session: Session, ...commands: Command[]): Session {
  return commands.reduce((state, command) => {
    const decision = decide(state, command, now);
    if (!decision.ok) throw new Error(decision.refusal.code);
    return decision.session;
  }, session);
}
const refusal = (session: Session, command: Command) => {
  const decision = decide(session, command, now);
  return decision.ok ? null : decision.refusal;
};
const open: Command = { type: 'open-revote', revoteId: 'r1', questionId: 'a' };
const vote = (participantId: string, answer = value(5)): Command => ({
  type: 'vote',
  revoteId: 'r1',
  participantId,
  answer,
  commitment: 'c0ffee',
});
const reveal = (...without: string[]): Command => ({
  type: 'reveal-revote',
  revoteId: 'r1',
  without,
  numbers,
  commitments: [],
});
const revotesOf = (session: Session) => ('revotes' in session ? session.revotes : []);

describe('a re-vote', () => {
  it('[C13] opens on one question at a time and moves the focus there', () => {
    const opened = after(review, open);
    expect(openRevote(revotesOf(opened))).toMatchObject({ questionId: 'a', round: 2, votedIds: [] });
    expect('discussion' in opened && opened.discussion.focusQuestionId).toBe('a');
    expect(refusal(opened, { ...open, revoteId: 'r2', questionId: 'b' })?.code).toBe('revote-open');
    expect(refusal(review, { ...open, questionId: 'zzz' })?.code).toBe('unknown-question');
    expect(refusal(sessionIn('scoring'), open)?.code).toBe('wrong-status');
  });

  it('[C13] takes a legal vote of whoever had submitted, and a change of mind as the same vote', () => {
    const opened = after(review, open, vote('p-ana'), vote('p-ana', value(9)));
    expect(revotesOf(opened)[0]?.votedIds).toEqual(['p-ana']);
    expect(refusal(opened, vote('p-cho'))?.code).toBe('excused');
    expect(refusal(opened, vote('p-eve'))?.code).toBe('not-a-participant');
    expect(refusal(opened, vote('p-ben', value(99)))?.code).toBe('illegal-vote');
    expect(refusal(opened, { ...vote('p-ben'), answer: pass } as Command)?.code).toBe('illegal-vote');
    expect(refusal(review, vote('p-ana'))?.code).toBe('no-open-revote');
  });

  it('[C13] is revealed once everyone has voted, or without those who were seen missing', () => {
    const one = after(review, open, vote('p-ana'));
    expect(refusal(one, reveal())).toEqual({ code: 'not-all-voted', waitingFor: ['p-ben'] });
    expect(refusal(one, reveal('p-ben'))).toEqual({ code: 'too-few-votes', have: 1, need: 2 });
    const both = after(one, vote('p-ben'));
    const open1 = openRevote(revotesOf(both));
    expect(open1 && waitingForVotes(both, open1)).toEqual([]);
    const revealed = after(both, reveal());
    expect(revotesOf(revealed)[0]).toMatchObject({ state: 'revealed', revealedAt: now, numbers });
    expect(refusal(revealed, vote('p-ana'))?.code).toBe('no-open-revote');
    expect(refusal(revealed, reveal())?.code).toBe('no-open-revote');
  });

  it('[C13] called off leaves nothing; the next on the same question counts on', () => {
    const off = after(review, open, vote('p-ana'), { type: 'cancel-revote', revoteId: 'r1' });
    expect(revotesOf(off)).toEqual([]);
    const twice = after(review, open, vote('p-ana'), vote('p-ben'), reveal(), { ...open, revoteId: 'r2' });
    expect(revotesOf(twice).map(({ round }) => round)).toEqual([2, 3]);
  });

  it('[C13] while open nothing is resolved; revealed it changes neither flags nor board', () => {
    const opened = after(review, open);
    expect(refusal(opened, { type: 'advance', from: 'review' })?.code).toBe('revote-open');
    const revealed = after(opened, vote('p-ana'), vote('p-ben'), reveal());
    expect('flaggedQuestionIds' in revealed && revealed.flaggedQuestionIds).toEqual(['a']);
    expect(refusal(revealed, { type: 'advance', from: 'review' })?.code).toBe('unresolved-questions');
  });
});
