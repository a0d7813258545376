import { describe, expect, it } from 'vitest';
import { pass, value } from '../questions.fixture.ts';
import type { Command } from './command.ts';
import { secondRound, waitingForVotes } from './revotes.ts';
import { after, board, excused, factsFor, now, run, sessionIn, submitted } from './session.fixture.ts';
import { openRevote, type Session } from './state.ts';

const review = sessionIn('review', [submitted('ana'), submitted('ben'), excused('cho')]);

const refusal = (session: Session, command: Command) => {
  const ran = run(session, command);
  return ran.ok ? null : ran.refusal;
};
const open: Command<'open-revote'> = { type: 'open-revote', questionId: 'a' };
const vote = (memberId: string, answer = value(5)): Command<'vote'> => ({
  type: 'vote',
  revoteId: 'r1',
  memberId,
  answer,
});
const reveal = (...without: string[]): Command<'reveal-revote'> => ({
  type: 'reveal-revote',
  revoteId: 'r1',
  without,
});
const { numbers } = factsFor(reveal());
const revotesOf = (session: Session) => ('revotes' in session ? session.revotes : []);

describe('a re-vote', () => {
  it('[C13] opens on one question at a time and moves the focus there', () => {
    const opened = after(review, open);
    expect(openRevote(revotesOf(opened))).toMatchObject({ questionId: 'a', round: 2, votedIds: [] });
    expect('discussion' in opened && opened.discussion.focusQuestionId).toBe('a');
    expect(refusal(opened, { ...open, questionId: 'b' })?.code).toBe('revote-open');
    expect(refusal(review, { ...open, questionId: 'zzz' })?.code).toBe('unknown-question');
    expect(refusal(sessionIn('scoring'), open)?.code).toBe('wrong-status');
  });

  it('[C9 C13] whose opening moved the focus can be undone to where it was', () => {
    const before = after(review, { type: 'focus', questionId: 'b' });
    const back = after(before, open, { type: 'undo', kind: 'focus' });
    expect('discussion' in back && back.discussion.focusQuestionId).toBe('b');
  });

  it('[C13] takes a legal vote of whoever had submitted, and a change of mind as the same vote', () => {
    const opened = after(review, open, vote('ana'), vote('ana', value(9)));
    expect(revotesOf(opened)[0]?.votedIds).toEqual(['p-ana']);
    expect(refusal(opened, vote('cho'))?.code).toBe('excused');
    expect(refusal(opened, vote('eve'))?.code).toBe('not-a-participant');
    expect(refusal(opened, vote('ben', value(99)))?.code).toBe('illegal-vote');
    expect(refusal(opened, { ...vote('ben'), answer: pass })?.code).toBe('illegal-vote');
    expect(refusal(review, vote('ana'))?.code).toBe('no-open-revote');
  });

  it('[C13] is revealed once everyone has voted, or without those who were seen missing', () => {
    const one = after(review, open, vote('ana'));
    expect(refusal(one, reveal())).toEqual({ code: 'not-all-voted', waitingFor: ['p-ben'] });
    expect(refusal(one, reveal('p-ben'))).toEqual({ code: 'too-few-votes', have: 1, need: 2 });
    const both = after(one, vote('ben'));
    const open1 = openRevote(revotesOf(both));
    expect(open1 && waitingForVotes(both, open1)).toEqual([]);
    const revealed = after(both, reveal());
    expect(revotesOf(revealed)[0]).toMatchObject({ state: 'revealed', revealedAt: now, numbers });
    expect(refusal(revealed, vote('ana'))?.code).toBe('no-open-revote');
    expect(refusal(revealed, reveal())?.code).toBe('no-open-revote');
  });

  it('[C13] called off leaves nothing; the next on the same question counts on', () => {
    const off = after(review, open, vote('ana'), { type: 'cancel-revote', revoteId: 'r1' });
    expect(revotesOf(off)).toEqual([]);
    const twice = after(review, open, vote('ana'), vote('ben'), reveal(), open);
    expect(revotesOf(twice).map(({ round }) => round)).toEqual([2, 3]);
  });

  it('[C13] while open nothing is resolved; revealed it changes neither flags nor board', () => {
    const opened = after(review, open);
    expect(refusal(opened, { type: 'resolve' })?.code).toBe('revote-open');
    const revealed = after(opened, vote('ana'), vote('ben'), reveal());
    expect('flaggedQuestionIds' in revealed && revealed.flaggedQuestionIds).toEqual(['a']);
    expect(refusal(revealed, { type: 'resolve' })?.code).toBe('unresolved-questions');
  });

  it('[C13] counts by the board’s rules, the first answer in place of a vote where names are hidden', () => {
    const people = ['ana', 'ben', 'cho'].map(submitted);
    const vote = (name: string, points: number) => ({ participantId: `p-${name}`, answer: value(points) });
    const opened = after(sessionIn('review', people), open);
    const both = secondRound(opened, board, 'r1', [vote('ben', 4), vote('ana', 8)]);
    expect(both.answers.map(({ participantId, q }) => [participantId, q])).toEqual([
      ['p-ana', 80],
      ['p-ben', 40],
    ]);
    const hidden = after(
      opened,
      { type: 'set-names', names: 'hidden' },
      { type: 'put-out', memberId: 'cho', reason: 'a stranger' },
    );
    const withFirst = secondRound(hidden, board, 'r1', [vote('ana', 8), vote('ben', 4)]);
    expect(withFirst.answers.map(({ q }) => q)).toEqual([80, 40, 50]);
  });

  it('[C13] does not wait for ever for whoever is gone, not even while names are hidden', () => {
    const people = ['ana', 'ben', 'cho'].map(submitted);
    const opened = after(sessionIn('review', people), { type: 'set-names', names: 'hidden' }, open);
    const voted = after(opened, vote('ana', value(8)), vote('ben', value(4)));
    expect(refusal(voted, reveal())).toEqual({ code: 'not-all-voted', waitingFor: ['p-cho'] });
    expect(refusal(voted, reveal('p-cho'))).toBeNull();
    const votes = [
      { participantId: 'p-ana', answer: value(8) },
      { participantId: 'p-ben', answer: value(4) },
    ];
    expect(
      secondRound(voted, board, 'r1', votes).answers.map(({ participantId, q }) => [participantId, q]),
    ).toEqual([
      ['p-ana', 80],
      ['p-ben', 40],
      ['p-cho', 50],
    ]);
  });
});
