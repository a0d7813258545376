import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { pass } from './questions.fixture.ts';
import { standingIn, waitingForVotes } from './revote.ts';
import { excused, now, scoring, sessionIn, submitted } from './session.fixture.ts';
import type { Command, Decision, Session } from './session.ts';

const out = (memberId: string, more: object = {}): Command => ({
  type: 'put-out',
  memberId,
  name: memberId.toUpperCase(),
  reason: ' Nobody knows them ',
  discarded: null,
  ...more,
});

function after(session: Session, ...commands: Command[]): Session {
  return commands.reduce((state, command) => {
    const decision = decide(state, command, now);
    if (!decision.ok) throw new Error(decision.refusal.code);
    return decision.session;
  }, session);
}

const code = (decision: Decision) => (decision.ok ? 'ok' : decision.refusal.code);
const membersOf = ({ participants }: Session) => participants.map(({ memberId }) => memberId);

describe('putting out', () => {
  it('[C12] before the reveal the place is gone with its sheet, and the log says what was discarded', () => {
    for (const participants of [
      ['ana', 'ben', 'cho'].map(scoring),
      [scoring('ana'), submitted('ben'), scoring('cho')],
      [scoring('ana'), excused('ben'), scoring('cho')],
    ]) {
      const decision = decide(sessionIn('scoring', participants), out('ben', { discarded: 'c0ffee' }), now);
      if (!decision.ok) throw new Error(decision.refusal.code);
      expect(membersOf(decision.session)).toEqual(['ana', 'cho']);
      expect(decision.session.putOut).toEqual(['ben']);
      expect(decision.events).toEqual([
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
    const reveal: Command = { type: 'advance', from: 'scoring' };
    expect(decide(one, reveal, now)).toMatchObject({ refusal: { code: 'too-few-submissions', have: 1 } });
  });

  it('[C12] asks for a reason, and is nothing for who is not there, for the facilitator, or once closed', () => {
    expect(code(decide(sessionIn('scoring'), out('ben', { reason: '  ' }), now))).toBe('reason-required');
    expect(code(decide(sessionIn('scoring'), out('zoe'), now))).toBe('not-a-participant');
    const lea = sessionIn('scoring', [scoring('lea'), scoring('ana'), scoring('ben')]);
    expect(code(decide(lea, out('lea'), now))).toBe('facilitator-stays');
    expect(code(decide(sessionIn('closed'), out('ben'), now))).toBe('wrong-status');
    expect(decide(after(sessionIn('review'), out('ben')), out('ben'), now)).toMatchObject({ events: [] });
  });

  it('[J1] no link lets them in again, in draft too, until the facilitator adds them', () => {
    const access = { kind: 'organisation' } as const;
    const join: Command = { type: 'join', participantId: 'p-new', memberId: 'ben', access };
    const add: Command = { type: 'add-participant', participantId: 'p-new', memberId: 'ben', access };
    const removed: Command = { type: 'remove-participant', participantId: 'p-ben' };
    expect(code(decide(after(sessionIn('review'), out('ben')), join, now))).toBe('put-out');
    for (const session of [
      after(sessionIn('scoring'), out('ben')),
      after(sessionIn('draft'), out('ben')),
      after(sessionIn('draft'), removed),
    ]) {
      expect(code(decide(session, join, now))).toBe('put-out');
      const back = after(session, add);
      expect([membersOf(back).includes('ben'), back.putOut]).toEqual([true, []]);
    }
  });

  it('[C4] a facilitator who does not score after all is not put out by it', () => {
    const lea = sessionIn('draft', [scoring('lea'), scoring('ana')]);
    expect(after(lea, { type: 'remove-participant', participantId: 'p-lea' }).putOut).toEqual([]);
  });

  it('[C12] after the reveal a slip is mended by letting them back in', () => {
    const back: Command = { type: 'let-back-in', memberId: 'ben', name: 'Ben' };
    const session = after(sessionIn('review'), out('ben'), back);
    expect(session.putOut).toEqual([]);
    expect(code(decide(session, back, now))).toBe('not-put-out');
    expect(code(decide(after(sessionIn('scoring'), out('ben')), back, now))).toBe('wrong-status');
  });
});

describe('a re-vote without whoever was put out', () => {
  const opened = after(sessionIn('review'), { type: 'open-revote', revoteId: 'r1', questionId: 'b' });
  const vote = (name: string): Command => ({
    type: 'vote',
    revoteId: 'r1',
    participantId: `p-${name}`,
    answer: pass,
    commitment: name,
  });
  const waits = (session: Session) =>
    'revotes' in session && session.revotes[0] ? waitingForVotes(session, session.revotes[0]) : null;

  it('[C13] does not wait for them, and takes no vote of theirs', () => {
    const session = after(opened, vote('ana'), out('ben'));
    expect(waits(session)).toEqual(['p-cho']);
    expect(code(decide(session, vote('ben'), now))).toBe('excused');
  });

  it('[C13] has their vote no more, and the log says so', () => {
    const voted = after(opened, vote('ana'), vote('ben'));
    const decision = decide(voted, out('ben'), now);
    if (!decision.ok) throw new Error(decision.refusal.code);
    expect(decision.events).toMatchObject([{ revoteId: 'r1' }]);
    expect(decision.session).toMatchObject({ revotes: [{ votedIds: ['p-ana'] }] });
  });

  it('[C13] counts their first answer under their letter while names are hidden', () => {
    expect(standingIn(after(opened, out('ben')))).toEqual([]);
    const hidden = after(opened, { type: 'set-names', names: 'hidden' }, out('ben'));
    expect(standingIn(hidden)).toEqual(['p-ben']);
  });
});

describe('the name of a guest', () => {
  const rename = (memberId: string, to = 'Gus'): Command => ({
    type: 'rename-guest',
    memberId,
    from: 'Ben Whitfield',
    to,
  });

  it('[J1] is changed wherever they are in the session, and the log has both', () => {
    const waiting = { id: 'e', memberId: 'dan', askedAt: now, from: null };
    for (const session of [
      { ...sessionIn('scoring'), lobby: [waiting] },
      { ...sessionIn('review'), observers: ['dan'] },
      sessionIn('resolved', ['ana', 'dan'].map(submitted)),
    ])
      expect(decide(session, rename('dan'), now)).toMatchObject({
        events: [{ type: 'guest-renamed', memberId: 'dan', from: 'Ben Whitfield', to: 'Gus' }],
      });
    expect(code(decide(sessionIn('scoring'), rename('zoe'), now))).toBe('not-a-guest');
    expect(code(decide(sessionIn('closed'), rename('ana'), now))).toBe('wrong-status');
    expect(decide(sessionIn('draft'), rename('ana', 'Ben Whitfield'), now)).toMatchObject({ events: [] });
  });
});
