import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Access } from '../access.ts';
import { whatIsLeft } from '../board-reading.ts';
import { pass, value } from '../questions.fixture.ts';
import type { Command, CommandType } from './command.ts';
import { decide, whyNot } from './decide.ts';
import type { FactsOf } from './facts.ts';
import { stepFrom } from './lifecycle.ts';
import { toLogged } from './logged.ts';
import type { Refusal } from './refusal.ts';
import {
  after,
  commitment,
  evaluator,
  excused,
  factsFor,
  fullSheet,
  now,
  run,
  scoring,
  sessionIn,
  settings,
  submitted,
} from './session.fixture.ts';
import type { AgreedAnswer, Participant, Session } from './state.ts';
import { isRevealed, nextStatus, type SessionStatus, sessionStatuses } from './status.ts';

const outcome = <T extends CommandType>(
  session: Session,
  command: Command<T>,
  facts?: FactsOf<T>,
): string => {
  const ran = run(session, command, facts === undefined ? {} : { facts });
  return ran.ok ? ran.session.status : ran.refusal.code;
};
const refusalOf = (session: Session, command: Command): Refusal | null => {
  const ran = run(session, command);
  return ran.ok ? null : ran.refusal;
};
const noted = (...questionIds: string[]): FactsOf<'resolve'> => ({
  notes: questionIds.map((questionId) => ({ questionId, json: {}, text: 'We agreed.' })),
});
const agree = (questionId: string, agreed: AgreedAnswer | null): Command<'agree'> => ({
  type: 'agree',
  questionId,
  agreed,
  cause: null,
});
const submit = (memberId: string): Command<'submit'> => ({ type: 'submit', memberId, seen: null });

it('[C7] answers are known to all in review and later, and in no status before', () => {
  expect(sessionStatuses.filter(isRevealed)).toEqual(['review', 'resolved', 'closed']);
});

describe('a newer version of the scorecard', () => {
  const draft = sessionIn('draft', [scoring('ana'), scoring('ben')]);
  const chosen = (...questionIds: string[]): Session => ({
    ...draft,
    settings: { ...draft.settings, questionIds },
  });
  const gone = (session: Session): Session => ({
    ...session,
    scorecard: { ...session.scorecard, sections: [] },
  });

  it('[S1] moves a draft, once, and nothing that has begun', () => {
    const moved = after(draft, { type: 'move-version' });
    expect(moved.settings.scorecardVersionId).toBe('v2');
    expect(after(moved, { type: 'move-version' })).toEqual(moved);
    const begun = sessionIn('scoring', [scoring('ana'), scoring('ben')]);
    expect(after(begun, { type: 'move-version' })).toEqual(begun);
  });

  it('[S1] a chosen question that is gone keeps scoring from starting; one chosen by nobody does not', () => {
    expect(refusalOf(gone(chosen('q-gone')), { type: 'start-scoring' })).toEqual({
      code: 'questions-gone',
      questionIds: ['q-gone'],
    });
    expect(refusalOf(gone(draft), { type: 'start-scoring' })).toBeNull();
  });
});

describe('every command in every status', () => {
  const everyone: Record<SessionStatus, Session> = {
    draft: sessionIn('draft'),
    scoring: sessionIn('scoring', [scoring('ana'), submitted('ben'), excused('cho'), scoring('dia')]),
    review: sessionIn('review', [submitted('ana'), submitted('ben'), excused('cho')]),
    resolved: sessionIn('resolved'),
    closed: sessionIn('closed'),
  };
  const no = 'wrong-status';
  const table: readonly [string, Command, readonly [string, string, string, string, string]][] = [
    ['edit-settings', { type: 'edit-settings', settings }, ['draft', no, no, no, no]],
    ['add-participant', { type: 'add-participant', memberId: 'eva' }, ['draft', 'scoring', no, no, no]],
    ['remove-participant', { type: 'remove-participant', participantId: 'p-ana' }, ['draft', no, no, no, no]],
    ['delete', { type: 'delete' }, ['draft', no, no, no, no]],
    ['submit', submit('ana'), [no, 'scoring', no, no, no]],
    ['take-back', { type: 'take-back', memberId: 'ben' }, [no, 'scoring', no, no, no]],
    ['excuse', { type: 'excuse', participantId: 'p-ana', reason: 'ill' }, [no, 'scoring', no, no, no]],
    ['readmit', { type: 'readmit', participantId: 'p-cho' }, [no, 'scoring', no, no, no]],
    ['agree', agree('a', value(7)), [no, no, 'review', no, no]],
    ['take-over', { type: 'take-over', memberId: 'max' }, ['draft', 'scoring', 'review', 'resolved', no]],
    ['start-scoring', { type: 'start-scoring' }, ['scoring', 'stale', 'stale', 'stale', 'stale']],
    ['reveal', { type: 'reveal' }, ['stale', 'not-all-submitted', 'stale', 'stale', 'stale']],
    ['resolve', { type: 'resolve' }, ['stale', 'stale', 'unresolved-questions', 'stale', 'stale']],
    ['close', { type: 'close' }, ['stale', 'stale', 'stale', 'closed', 'stale']],
  ];
  for (const [name, command, expected] of table) {
    sessionStatuses.forEach((status, index) => {
      it(`[C3] ${name} in ${status}: ${expected[index]}`, () => {
        expect(outcome(everyone[status], command)).toBe(expected[index]);
      });
    });
  }

  it('[C3] says what status a command needs, and where a session has gone meanwhile', () => {
    expect(refusalOf(everyone.review, { type: 'take-back', memberId: 'ben' })).toEqual({
      code: 'wrong-status',
      status: 'review',
      needs: ['scoring'],
    });
    expect(refusalOf(everyone.review, { type: 'reveal' })).toEqual({
      code: 'stale',
      status: 'review',
      expected: 'scoring',
    });
  });

  it('[C3] goes one step at a time and ends at closed', () => {
    expect(sessionStatuses.map(nextStatus)).toEqual(['scoring', 'review', 'resolved', 'closed', null]);
  });
});

describe('draft and scoring', () => {
  it('[C4] refuses to start with fewer than two participants, and says how many there are', () => {
    expect(refusalOf(sessionIn('draft', [scoring('ana')]), { type: 'start-scoring' })).toEqual({
      code: 'too-few-participants',
      have: 1,
      need: 2,
    });
  });

  it('[O4] refuses a participant who works for other clients only, and one who takes part already', () => {
    const add = (session: Session, memberId: string, access: Access) => {
      const command: Command<'add-participant'> = { type: 'add-participant', memberId };
      return outcome(session, command, factsFor(command, { member: { ...evaluator, access } }));
    };
    const everywhere: Access = { kind: 'organisation' };
    const lobOnly: Access = { kind: 'grants', grants: [{ clientId: 'acme', lobId: 'sales' }] };
    expect(add(sessionIn('draft'), 'eva', lobOnly)).toBe('may-not-take-part');
    expect(add(sessionIn('draft'), 'ana', everywhere)).toBe('already-a-participant');
    expect(
      add(sessionIn('scoring', [scoring('ana'), scoring('ben'), excused('cho')]), 'cho', everywhere),
    ).toBe('already-a-participant');
  });

  it('[C5] marks who is added after scoring started as late', () => {
    const command: Command = { type: 'add-participant', memberId: 'eva' };
    for (const [status, late] of [
      ['draft', false],
      ['scoring', true],
    ] as const) {
      const ran = run(sessionIn(status), command);
      expect(ran.ok && ran.session.participants.at(-1)).toMatchObject({ memberId: 'eva', late });
      expect(ran.ok && ran.events).toEqual([
        { type: 'participant-added', participantId: 'p-eva', memberId: 'eva', late },
      ]);
    }
  });

  it('[C6] refuses an incomplete sheet and names each question', () => {
    const facts = factsFor(submit('ana'), { sheet: {} });
    expect(run(sessionIn('scoring'), submit('ana'), { facts })).toMatchObject({
      refusal: {
        code: 'incomplete-sheet',
        problems: [
          { questionId: 'a', problem: { code: 'unanswered' } },
          { questionId: 'b', problem: { code: 'unanswered' } },
        ],
      },
    });
  });

  it('[C6] refuses what the person did not see, however its keys are ordered', () => {
    const seen = Object.fromEntries(Object.entries(fullSheet).reverse());
    expect(outcome(sessionIn('scoring'), { ...submit('ana'), seen })).toBe('scoring');
    expect(outcome(sessionIn('scoring'), { ...submit('ana'), seen: {} })).toBe('sheet-not-saved');
  });

  it('[C5] a submission is dated, told without its answers, and can be taken back', () => {
    const done = run(sessionIn('scoring'), submit('ana'));
    if (!done.ok) throw new Error('refused');
    expect(done.events.map(toLogged)).toEqual([{ type: 'submitted', participantId: 'p-ana', commitment }]);
    expect(JSON.stringify(done.session)).not.toContain(JSON.stringify(fullSheet.a));
    expect(done.session.participants[0]).toEqual(submitted('ana'));
    expect(outcome(done.session, submit('ana'))).toBe('already-submitted');
    expect(after(done.session, { type: 'take-back', memberId: 'ana' }).participants[0]).toEqual(
      scoring('ana'),
    );
  });

  it('[C7] excuses with a reason, only who has not submitted, and never below two', () => {
    const session = sessionIn('scoring', [scoring('ana'), submitted('ben'), scoring('cho')]);
    const excuse = (name: string, reason = 'ill'): Command => ({
      type: 'excuse',
      participantId: `p-${name}`,
      reason,
    });
    expect(outcome(session, excuse('ben'))).toBe('participant-submitted');
    expect(outcome(session, excuse('cho', '  '))).toBe('reason-required');
    expect(outcome(session, excuse('zoe'))).toBe('not-a-participant');
    const without = after(session, excuse('cho', ' ill '));
    expect(without.participants[2]).toEqual(excused('cho'));
    expect(refusalOf(without, excuse('ana'))).toEqual({ code: 'too-few-participants', have: 1, need: 2 });
    expect(outcome(without, submit('cho'))).toBe('excused');
    expect(after(without, { type: 'readmit', participantId: 'p-cho' }).participants[2]).toEqual(
      scoring('cho'),
    );
    expect(outcome(session, { type: 'readmit', participantId: 'p-ana' })).toBe('not-excused');
  });
});

describe('reveal, resolution and after', () => {
  it('[C7] refuses review while one has not submitted, and names who is waited for', () => {
    const session = sessionIn('scoring', [submitted('ana'), scoring('ben'), submitted('cho')]);
    expect(refusalOf(session, { type: 'reveal' })).toEqual({
      code: 'not-all-submitted',
      waitingFor: ['p-ben'],
    });
  });

  it('[C7] reveals with two submissions while the others are excused, and not with one', () => {
    const two = sessionIn('scoring', [submitted('ana'), excused('ben'), submitted('cho')]);
    expect(outcome(two, { type: 'reveal' })).toBe('review');
    const one = sessionIn('scoring', [submitted('ana'), excused('ben')]);
    expect(refusalOf(one, { type: 'reveal' })).toEqual({ code: 'too-few-submissions', have: 1, need: 2 });
  });

  it('[C11] resolves with a note or an agreed answer on every flagged question; a cause alone is none', () => {
    const session = sessionIn('review');
    const resolve: Command<'resolve'> = { type: 'resolve' };
    expect(refusalOf(session, resolve)).toEqual({ code: 'unresolved-questions', questionIds: ['a'] });
    expect(outcome(session, resolve, noted('a'))).toBe('resolved');
    const withCause = after(session, { type: 'agree', questionId: 'a', agreed: null, cause: 'wording' });
    expect(outcome(withCause, resolve)).toBe('unresolved-questions');
    for (const agreed of [value(7), { kind: 'na' }, { kind: 'scorecard-needs-changing' }] as const)
      expect(outcome(after(session, agree('a', agreed)), resolve)).toBe('resolved');
  });

  it('[C11] a note that was emptied again does not count: which are not blank is known when it is resolved', () => {
    const session = sessionIn('review');
    if (session.status !== 'review') throw new Error('not in review');
    const resolutions = [{ questionId: 'a', agreed: null, cause: null, noted: true }];
    expect(outcome({ ...session, resolutions }, { type: 'resolve' })).toBe('unresolved-questions');
    expect(whatIsLeft({ flaggedQuestionIds: ['b', 'a'] }, resolutions).mustResolve).toEqual(['b']);
  });

  it('[C10] an agreed answer is legal for its question, and the newest one stands', () => {
    const session = sessionIn('review');
    expect(outcome(session, agree('z', pass))).toBe('unknown-question');
    expect(outcome(session, agree('a', pass))).toBe('illegal-agreed-answer');
    expect(outcome(session, agree('a', value(11)))).toBe('illegal-agreed-answer');
    expect(after(session, agree('a', value(7)), agree('a', null))).toMatchObject({
      resolutions: [{ questionId: 'a', agreed: null, cause: null, noted: false }],
    });
  });

  it('[C3] another lead takes over, recorded; the facilitator cannot take over from themselves', () => {
    expect(run(sessionIn('review'), { type: 'take-over', memberId: 'max' })).toMatchObject({
      ok: true,
      session: { facilitatorId: 'max' },
      events: [{ type: 'taken-over', from: 'lea', to: 'max' }],
    });
    expect(outcome(sessionIn('review'), { type: 'take-over', memberId: 'lea' })).toBe('already-facilitator');
  });
});

const people = ['ana', 'ben', 'cho', 'dia', 'eva'];
const person = fc.constantFrom(...people);
const personId = person.map((name) => `p-${name}`);
const question = fc.constantFrom('a', 'b', 'z');
const anyParticipants: fc.Arbitrary<Participant[]> = fc
  .array(fc.tuple(person, fc.constantFrom(scoring, submitted, excused)), { maxLength: 5 })
  .map((list) => [...new Map(list.map(([name, make]) => [name, make(name)])).values()]);
const anySession = fc
  .tuple(fc.constantFrom(...sessionStatuses), anyParticipants)
  .map(([status, participants]) => sessionIn(status, participants));
const anyUnrevealed = fc
  .tuple(fc.constantFrom('draft', 'scoring'), anyParticipants)
  .map(([status, participants]) => sessionIn(status, participants));
const anyStep = fc.constantFrom('draft', 'scoring', 'review', 'resolved').map(stepFrom);
const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.constant<Command>({ type: 'edit-settings', settings: { ...settings, name: 'New' } }),
  person.map<Command>((memberId) => ({ type: 'add-participant', memberId })),
  personId.map<Command>((participantId) => ({ type: 'remove-participant', participantId })),
  fc.constant<Command>({ type: 'delete' }),
  anyStep,
  person.map(submit),
  person.map<Command>((memberId) => ({ type: 'take-back', memberId })),
  fc
    .tuple(personId, fc.constantFrom('ill', ' '))
    .map<Command>(([participantId, reason]) => ({ type: 'excuse', participantId, reason })),
  personId.map<Command>((participantId) => ({ type: 'readmit', participantId })),
  fc
    .tuple(question, fc.constantFrom(value(3), pass, null))
    .map(([questionId, agreed]) => agree(questionId, agreed)),
  person.map<Command>((memberId) => ({ type: 'take-over', memberId })),
  person.map<Command>((memberId) => ({ type: 'hand-over', memberId })),
  person.map<Command>((memberId) => ({ type: 'start-afresh', memberId })),
  person.map<Command>((memberId) => ({ type: 'put-out', memberId, reason: 'Nobody knows them' })),
  person.map<Command>((memberId) => ({ type: 'let-back-in', memberId })),
  person.map<Command>((memberId) => ({ type: 'join', memberId })),
  fc.constantFrom<Command>(
    { type: 'focus', questionId: 'b' },
    { type: 'focus', questionId: null },
    { type: 'timer', questionId: 'a', action: { kind: 'start', durationMs: 60_000 } },
    { type: 'timer', questionId: 'a', action: { kind: 'stop' } },
    { type: 'sweep' },
    { type: 'undo', kind: 'focus' },
    { type: 'undo', kind: 'sweep' },
    { type: 'set-speak-first', on: false },
    { type: 'set-names', names: 'hidden' },
    { type: 'open-revote', questionId: 'a' },
    { type: 'cancel-revote', revoteId: 'r1' },
    { type: 'reveal-revote', revoteId: 'r1', without: people.map((name) => `p-${name}`) },
    { type: 'knock', name: 'gus', from: null },
    { type: 'admit', entryId: 'e-gus' },
    { type: 'turn-away', entryId: 'e-gus' },
    { type: 'empty-lobby' },
    { type: 'rename-guest', memberId: 'gus', to: 'Gus' },
  ),
  person.map<Command>((memberId) => ({ type: 'vote', memberId, revoteId: 'r1', answer: value(5) })),
);

/** What the type alone cannot say of a session. */
function expectSound(session: Session) {
  const rank = sessionStatuses.indexOf(session.status);
  expect(rank).toBeGreaterThanOrEqual(0);
  expect(new Set(session.participants.map(({ memberId }) => memberId)).size).toBe(
    session.participants.length,
  );
  expect('flaggedQuestionIds' in session).toBe(rank >= 2);
  for (const participant of session.participants) {
    expect('submittedAt' in participant).toBe(participant.state === 'submitted');
    expect('reason' in participant).toBe(participant.state === 'excused');
  }
}

const frozen = <T>(value: T): T => {
  if (ArrayBuffer.isView(value)) return value;
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
};

describe('properties', () => {
  it('[C3] no command leaves the union, goes back, or changes the session it was given', () => {
    const steps = sessionStatuses.flatMap((status) => (status === 'closed' ? [] : [stepFrom(status).type]));
    fc.assert(
      fc.property(anySession, fc.array(anyCommand, { maxLength: 20 }), (start, commands) => {
        let session = frozen(start);
        for (const command of commands) {
          const before = JSON.stringify(session);
          const ran = run(session, command);
          expect(JSON.stringify(session)).toBe(before);
          if (!ran.ok) continue;
          const step = sessionStatuses.indexOf(ran.session.status) - sessionStatuses.indexOf(session.status);
          expect(step).toBe(steps.some((type) => type === command.type) ? 1 : 0);
          if (ran.events.length === 0) expect(ran.session).toBe(session);
          expectSound(ran.session);
          session = frozen(ran.session);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('[C3] what the session alone refuses, no fact allows', () => {
    fc.assert(
      fc.property(anySession, anyCommand, (session, command) => {
        const refusal = whyNot(session, command);
        if (refusal) expect(decide(session, command, factsFor(command), now)).toEqual({ ok: false, refusal });
      }),
    );
  });

  it('[C3] commands of different people on different things end alike in either order', () => {
    const independent: readonly (readonly [Session, Command, Command])[] = [
      [sessionIn('scoring'), submit('ana'), submit('ben')],
      [sessionIn('scoring'), submit('ana'), { type: 'excuse', participantId: 'p-ben', reason: 'ill' }],
      [sessionIn('scoring'), submit('ana'), { type: 'hand-over', memberId: 'max' }],
      [sessionIn('scoring'), submit('ana'), { type: 'set-names', names: 'hidden' }],
      [sessionIn('review'), agree('a', value(3)), { type: 'focus', questionId: 'b' }],
      [sessionIn('review'), agree('a', value(3)), { type: 'put-out', memberId: 'ben', reason: 'a stranger' }],
      [sessionIn('review'), { type: 'focus', questionId: 'b' }, { type: 'set-speak-first', on: false }],
    ];
    for (const [session, one, other] of independent)
      expect(after(session, one, other)).toEqual(after(session, other, one));
  });

  it('[X1] the reveal fixes everyone’s commitments in the log, as they were given, and no answer', () => {
    const ready = sessionIn('scoring', [submitted('ana'), submitted('ben')]);
    const done = run(ready, { type: 'reveal' });
    expect(done.ok && done.events.map(toLogged)).toEqual([
      { type: 'revealed', commitments: [{ participantId: 'p-ana', commitment }] },
    ]);
  });

  it('[C7] whatever happened, a revealed session has two submissions and nobody still scoring', () => {
    fc.assert(
      fc.property(anyUnrevealed, fc.array(anyCommand, { maxLength: 60 }), (start, commands) => {
        let session = start;
        for (const command of commands) {
          const ran = run(session, command);
          if (ran.ok) session = ran.session;
        }
        if (!isRevealed(session.status)) return;
        const states = session.participants.map(({ state }) => state);
        expect(states).not.toContain('scoring');
        expect(states.filter((state) => state === 'submitted').length).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 500 },
    );
  });

  it('[C3] of two who press the same step, one moves it and the other is told', () => {
    fc.assert(
      fc.property(anySession, anyStep, (session, step) => {
        const first = run(session, step, step.type === 'resolve' ? { facts: noted('a') } : {});
        if (!first.ok) return;
        expect(run(first.session, step)).toEqual({
          ok: false,
          refusal: { code: 'stale', status: first.session.status, expected: session.status },
        });
      }),
    );
  });
});
