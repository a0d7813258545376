import { describe, expect, it } from 'vitest';
import type { Access } from '../access.ts';
import type { Command } from './command.ts';
import { mostWaiting, mostWaitingFromOnePlace } from './joining.ts';
import { after, codeOf, evaluator, factsFor, run, sessionIn, settings } from './session.fixture.ts';
import { keepSettings, type Session } from './state.ts';

const open = (session: Session): Session => ({
  ...session,
  settings: { ...session.settings, scope: { kind: 'organisation' } },
});
const join = (memberId: string): Command<'join'> => ({ type: 'join', memberId });
const knock = (name: string, from: string | null = null): Command => ({ type: 'knock', name, from });
const admit = (name: string): Command => ({ type: 'admit', entryId: `e-${name}` });

const told = (session: Session, ...commands: Command[]) => {
  let state = session;
  let events: readonly { readonly type: string }[] = [];
  for (const command of commands) {
    const ran = run(state, command);
    if (!ran.ok) return ran.refusal.code;
    ({ session: state, events } = ran);
  }
  return {
    events: events.map(({ type }) => type),
    participants: state.participants.map(({ memberId, late }) => `${memberId}${late ? ' late' : ''}`),
    observers: state.observers,
    lobby: state.lobby.map(({ memberId }) => memberId),
  };
};

describe('joining by the link', () => {
  it('[J1] a member becomes a participant in draft and scoring, late in the second, and an observer in review', () => {
    expect(told(sessionIn('draft'), join('dan'))).toMatchObject({
      participants: ['ana', 'ben', 'cho', 'dan'],
      events: ['participant-added'],
    });
    expect(told(sessionIn('scoring'), join('dan'))).toMatchObject({
      participants: ['ana', 'ben', 'cho', 'dan late'],
    });
    expect(told(sessionIn('review'), join('dan'))).toMatchObject({
      participants: ['ana', 'ben', 'cho'],
      observers: ['dan'],
    });
    for (const status of ['resolved', 'closed'] as const)
      expect(told(sessionIn(status), join('dan'))).toBe('wrong-status');
  });

  it('[J1] whoever is in stays as they are, the facilitator too', () => {
    for (const memberId of ['ana', 'lea'])
      expect(told(sessionIn('scoring'), join(memberId))).toMatchObject({ events: [], observers: [] });
  });

  it('[O4] someone who works for another client is refused, and a guest in any session with one', () => {
    const access: Access = { kind: 'grants', grants: [{ clientId: 'bolt', lobId: null }] };
    const facts = factsFor(join('dan'), { member: { ...evaluator, access } });
    expect(codeOf(run(sessionIn('draft'), join('dan'), { facts }))).toBe('may-not-take-part');
    expect(told(sessionIn('draft'), knock('gus'))).toBe('guests-not-allowed');
  });
});

describe('the lobby', () => {
  it('[J1] a guest waits, and enters as a participant or an observer when admitted', () => {
    expect(told(open(sessionIn('scoring')), knock('gus'))).toMatchObject({
      lobby: ['gus'],
      participants: ['ana', 'ben', 'cho'],
    });
    expect(told(open(sessionIn('scoring')), knock('gus'), admit('gus'))).toEqual({
      events: ['admitted', 'participant-added'],
      participants: ['ana', 'ben', 'cho', 'gus late'],
      observers: [],
      lobby: [],
    });
    expect(told(open(sessionIn('review')), knock('gus'), admit('gus'))).toMatchObject({
      events: ['admitted', 'observer-added'],
      observers: ['gus'],
    });
  });

  it('[O4] a guest who waits is not admitted once the draft has a scope', () => {
    const waiting = after(open(sessionIn('draft')), knock('gus'));
    expect(told({ ...waiting, settings: keepSettings(settings) }, admit('gus'))).toBe('may-not-take-part');
  });

  it('[J1] one turned away is out, and nobody is let in twice', () => {
    const away: Command = { type: 'turn-away', entryId: 'e-gus' };
    expect(told(open(sessionIn('draft')), knock('gus'), away)).toMatchObject({ lobby: [] });
    expect(told(open(sessionIn('draft')), knock('gus'), away, admit('gus'))).toBe('not-waiting');
  });

  it('[J1] takes no more than it can show', () => {
    const many = Array.from({ length: mostWaiting }, (_, index) => knock(`g${index}`));
    expect(told(open(sessionIn('draft')), ...many, knock('gus'))).toBe('lobby-full');
  });

  it('[J1] holds a few from one place, and others beside them', () => {
    const many = Array.from({ length: mostWaitingFromOnePlace }, (_, index) => knock(`g${index}`, 'here'));
    expect(told(open(sessionIn('draft')), ...many, knock('gus', 'here'))).toBe('too-many-from-one-place');
    expect(told(open(sessionIn('draft')), ...many, knock('gus', 'there'))).toMatchObject({
      events: ['knocked'],
    });
    expect(told(open(sessionIn('draft')), ...many, knock('gus'))).toMatchObject({ events: ['knocked'] });
    expect(told(open(sessionIn('draft')), ...many, admit('g0'), knock('gus', 'here'))).toMatchObject({
      events: ['knocked'],
    });
  });

  it('[J1] is emptied at once, and an empty one stays as it is', () => {
    const empty: Command = { type: 'empty-lobby' };
    expect(told(open(sessionIn('scoring')), knock('gus'), knock('gia'), empty)).toMatchObject({
      events: ['lobby-emptied'],
      lobby: [],
    });
    expect(told(sessionIn('closed'), empty)).toMatchObject({ events: [] });
  });
});

describe('handing over and hiding names', () => {
  it('[C3] another lead becomes the facilitator, until closed', () => {
    const hand = (memberId: string): Command => ({ type: 'hand-over', memberId });
    expect(run(sessionIn('review'), hand('max'))).toMatchObject({
      ok: true,
      session: { facilitatorId: 'max' },
      events: [{ type: 'handed-over', from: 'lea', to: 'max' }],
    });
    expect(told(sessionIn('review'), hand('lea'))).toBe('already-facilitator');
    expect(told(sessionIn('closed'), hand('max'))).toBe('wrong-status');
  });

  it('[J3] names are hidden and shown until closed', () => {
    const names: Command = { type: 'set-names', names: 'hidden' };
    expect(run(sessionIn('review'), names)).toMatchObject({ ok: true, session: { names: 'hidden' } });
    expect(told(sessionIn('closed'), names)).toBe('wrong-status');
  });
});
