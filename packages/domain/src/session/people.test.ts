import { describe, expect, it } from 'vitest';
import { pass } from '../questions.fixture.ts';
import type { Command } from './command.ts';
import { waitingForVotes } from './revotes.ts';
import {
  after,
  codeOf,
  excused,
  factsFor,
  now,
  run,
  scoring,
  sessionIn,
  submitted,
} from './session.fixture.ts';
import type { Session } from './state.ts';

const out = (memberId: string, reason = ' Nobody knows them '): Command<'put-out'> => ({
  type: 'put-out',
  memberId,
  reason,
});
const code = (session: Session, command: Command) => codeOf(run(session, command));
const membersOf = ({ participants }: Session) => participants.map(({ memberId }) => memberId);

describe('putting out', () => {
  it('[C12] before the reveal the place is gone with its sheet, and the log says what was discarded', () => {
    for (const participants of [
      ['ana', 'ben', 'cho'].map(scoring),
      [scoring('ana'), submitted('ben'), scoring('cho')],
      [scoring('ana'), excused('ben'), scoring('cho')],
    ]) {
      const facts = factsFor(out('ben'), { discarded: 'c0ffee' });
      const ran = run(sessionIn('scoring', participants), out('ben'), { facts });
      if (!ran.ok) throw new Error(ran.refusal.code);
      expect(membersOf(ran.session)).toEqual(['ana', 'cho']);
      expect(ran.session.putOut).toEqual(['ben']);
      expect(ran.events).toEqual([
        {
          type: 'put-out',
          memberId: 'ben',
          name: 'BEN',
          reason: 'Nobody knows them',
          participantId: 'p-ben',
          discarded: 'c0ffee',
          revoteId: null,
        },
      ]);
    }
  });

  it('[C12] after it the answers stay, in review and resolved', () => {
    for (const status of ['review', 'resolved'] as const) {
      const session = after(sessionIn(status), out('ben'));
      expect(membersOf(session)).toEqual(['ana', 'ben', 'cho']);
      expect(session.putOut).toEqual(['ben']);
    }
  });

  it('[C12] an observer goes, too', () => {
    const session = after({ ...sessionIn('review'), observers: ['dan'] }, out('dan'));
    expect([session.observers, session.putOut]).toEqual([[], ['dan']]);
  });

  it('[C12] however few remain; the reveal waits until there are two again', () => {
    const two = [submitted('ana'), submitted('ben')];
    const one = after(sessionIn('scoring', two), out('ben'));
    expect(run(one, { type: 'reveal' })).toMatchObject({ refusal: { code: 'too-few-submissions', have: 1 } });
  });

  it('[C12] asks for a reason, and is nothing for who is not there, for the facilitator, or once closed', () => {
    expect(code(sessionIn('scoring'), out('ben', '  '))).toBe('reason-required');
    expect(code(sessionIn('scoring'), out('zoe'))).toBe('not-a-participant');
    const lea = sessionIn('scoring', [scoring('lea'), scoring('ana'), scoring('ben')]);
    expect(code(lea, out('lea'))).toBe('facilitator-stays');
    expect(code(sessionIn('closed'), out('ben'))).toBe('wrong-status');
    expect(run(after(sessionIn('review'), out('ben')), out('ben'))).toMatchObject({ events: [] });
  });

  it('[J1] no link lets them in again, in draft too, until the facilitator adds them', () => {
    const join: Command = { type: 'join', memberId: 'ben' };
    const add: Command = { type: 'add-participant', memberId: 'ben' };
    const removed: Command = { type: 'remove-participant', participantId: 'p-ben' };
    expect(code(after(sessionIn('review'), out('ben')), join)).toBe('put-out');
    for (const session of [
      after(sessionIn('scoring'), out('ben')),
      after(sessionIn('draft'), out('ben')),
      after(sessionIn('draft'), removed),
    ]) {
      expect(code(session, join)).toBe('put-out');
      const back = after(session, add);
      expect([membersOf(back).includes('ben'), back.putOut]).toEqual([true, []]);
    }
  });

  it('[C4] a facilitator who does not score after all is not put out by it', () => {
    const lea = sessionIn('draft', [scoring('lea'), scoring('ana')]);
    expect(after(lea, { type: 'remove-participant', participantId: 'p-lea' }).putOut).toEqual([]);
  });

  it('[C12] after the reveal a slip is mended by letting them back in', () => {
    const back: Command = { type: 'let-back-in', memberId: 'ben' };
    const session = after(sessionIn('review'), out('ben'), back);
    expect(session.putOut).toEqual([]);
    expect(code(session, back)).toBe('not-put-out');
    expect(code(after(sessionIn('scoring'), out('ben')), back)).toBe('wrong-status');
  });
});

describe('a re-vote without whoever was put out', () => {
  const opened = after(sessionIn('review'), { type: 'open-revote', questionId: 'b' });
  const vote = (name: string): Command => ({
    type: 'vote',
    revoteId: 'r1',
    memberId: name,
    answer: pass,
  });
  const waits = (session: Session) =>
    'revotes' in session && session.revotes[0] ? waitingForVotes(session, session.revotes[0]) : null;

  it('[C13] does not wait for them, and takes no vote of theirs', () => {
    const session = after(opened, vote('ana'), out('ben'));
    expect(waits(session)).toEqual(['p-cho']);
    expect(code(session, vote('ben'))).toBe('excused');
  });

  it('[C13] has their vote no more, and the log says so', () => {
    const voted = after(opened, vote('ana'), vote('ben'));
    const ran = run(voted, out('ben'));
    if (!ran.ok) throw new Error(ran.refusal.code);
    expect(ran.events).toMatchObject([{ revoteId: 'r1' }]);
    expect(ran.session).toMatchObject({ revotes: [{ votedIds: ['p-ana'] }] });
  });
});

describe('the name of a guest', () => {
  const rename = (memberId: string, to = 'Gus'): Command => ({
    type: 'rename-guest',
    memberId,
    to,
  });

  it('[J1] is changed wherever they are in the session, and the log has both', () => {
    const waiting = { id: 'e', memberId: 'dan', askedAt: now, from: null };
    for (const session of [
      { ...sessionIn('scoring'), lobby: [waiting] },
      { ...sessionIn('review'), observers: ['dan'] },
      sessionIn('resolved', ['ana', 'dan'].map(submitted)),
    ])
      expect(run(session, rename('dan'))).toMatchObject({
        events: [{ type: 'guest-renamed', memberId: 'dan', from: 'Ben Whitfield', to: 'Gus' }],
      });
    expect(code(sessionIn('scoring'), rename('zoe'))).toBe('not-a-guest');
    expect(code(sessionIn('closed'), rename('ana'))).toBe('wrong-status');
    expect(run(sessionIn('draft'), rename('ana', 'Ben Whitfield'))).toMatchObject({ events: [] });
  });
});
