import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Access } from './access.ts';
import { decide, unresolvedQuestions } from './decide.ts';
import { pass, value } from './questions.fixture.ts';
import type { Refusal } from './refusal.ts';
import {
  excused,
  fullSheet,
  now,
  scorecard,
  scoring,
  sessionIn,
  settings,
  submitted,
} from './session.fixture.ts';
import {
  type AgreedAnswer,
  type Command,
  isRevealed,
  nextStatus,
  type Participant,
  type Session,
  type SessionStatus,
  sessionStatuses,
} from './session.ts';

const everywhere: Access = { kind: 'organisation' };
const commitment = 'c0'.repeat(32);

const outcome = (session: Session, command: Command): string => {
  const decision = decide(session, command, now);
  return decision.ok ? decision.session.status : decision.refusal.code;
};
const refusalOf = (session: Session, command: Command): Refusal | null => {
  const decision = decide(session, command, now);
  return decision.ok ? null : decision.refusal;
};
const advance = (from: Exclude<SessionStatus, 'closed'>, notedQuestionIds?: readonly string[]): Command => ({
  type: 'advance',
  from,
  ...(notedQuestionIds ? { notedQuestionIds } : {}),
});
const agree = (questionId: string, agreed: AgreedAnswer | null): Command => ({
  type: 'agree',
  questionId,
  agreed,
  cause: null,
});

it('[C7] answers are known to all in review and later, and in no status before', () => {
  expect(sessionStatuses.filter(isRevealed)).toEqual(['review', 'resolved', 'closed']);
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
    ['edit-settings', { type: 'edit-settings', settings, scorecard }, ['draft', no, no, no, no]],
    [
      'add-participant',
      { type: 'add-participant', participantId: 'p-eva', memberId: 'eva', access: everywhere },
      ['draft', 'scoring', no, no, no],
    ],
    ['remove-participant', { type: 'remove-participant', participantId: 'p-ana' }, ['draft', no, no, no, no]],
    ['delete', { type: 'delete' }, ['draft', no, no, no, no]],
    [
      'submit',
      { type: 'submit', participantId: 'p-ana', sheet: fullSheet, commitment },
      [no, 'scoring', no, no, no],
    ],
    ['take-back', { type: 'take-back', participantId: 'p-ben' }, [no, 'scoring', no, no, no]],
    ['excuse', { type: 'excuse', participantId: 'p-ana', reason: 'ill' }, [no, 'scoring', no, no, no]],
    ['readmit', { type: 'readmit', participantId: 'p-cho' }, [no, 'scoring', no, no, no]],
    ['agree', agree('a', value(7)), [no, no, 'review', no, no]],
    ['take-over', { type: 'take-over', memberId: 'max' }, ['draft', 'scoring', 'review', 'resolved', no]],
    ['advance from draft', advance('draft'), ['scoring', 'stale', 'stale', 'stale', 'stale']],
    ['advance from scoring', advance('scoring'), ['stale', 'not-all-submitted', 'stale', 'stale', 'stale']],
    ['advance from review', advance('review', ['a']), ['stale', 'stale', 'resolved', 'stale', 'stale']],
    ['advance from resolved', advance('resolved'), ['stale', 'stale', 'stale', 'closed', 'stale']],
  ];
  for (const [name, command, expected] of table) {
    sessionStatuses.forEach((status, index) => {
      it(`[C3] ${name} in ${status}: ${expected[index]}`, () => {
        expect(outcome(everyone[status], command)).toBe(expected[index]);
      });
    });
  }

  it('[C3] says what status a command needs, and where a session has gone meanwhile', () => {
    expect(refusalOf(everyone.review, { type: 'take-back', participantId: 'p-ben' })).toEqual({
      code: 'wrong-status',
      status: 'review',
      needs: ['scoring'],
    });
    expect(refusalOf(everyone.review, advance('scoring'))).toEqual({
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
    expect(refusalOf(sessionIn('draft', [scoring('ana')]), advance('draft'))).toEqual({
      code: 'too-few-participants',
      have: 1,
      need: 2,
    });
  });

  it('[O4] refuses a participant who works for other clients only, and one who takes part already', () => {
    const add = (memberId: string, access: Access): Command => ({
      type: 'add-participant',
      participantId: 'p-new',
      memberId,
      access,
    });
    const lobOnly: Access = { kind: 'grants', grants: [{ clientId: 'acme', lobId: 'sales' }] };
    expect(outcome(sessionIn('draft'), add('eva', lobOnly))).toBe('may-not-take-part');
    expect(outcome(sessionIn('draft'), add('ana', everywhere))).toBe('already-a-participant');
    expect(
      outcome(sessionIn('scoring', [scoring('ana'), scoring('ben'), excused('cho')]), add('cho', everywhere)),
    ).toBe('already-a-participant');
  });

  it('[C5] marks who is added after scoring started as late', () => {
    const command: Command = {
      type: 'add-participant',
      participantId: 'p-eva',
      memberId: 'eva',
      access: everywhere,
    };
    for (const [status, late] of [
      ['draft', false],
      ['scoring', true],
    ] as const) {
      const decision = decide(sessionIn(status), command, now);
      expect(decision.ok && decision.session.participants.at(-1)).toMatchObject({ memberId: 'eva', late });
      expect(decision.ok && decision.events).toEqual([
        { type: 'participant-added', participantId: 'p-eva', memberId: 'eva', late },
      ]);
    }
  });

  it('[C6] refuses an incomplete sheet and names each question', () => {
    const command: Command = { type: 'submit', participantId: 'p-ana', sheet: {}, commitment };
    expect(refusalOf(sessionIn('scoring'), command)).toEqual({
      code: 'incomplete-sheet',
      problems: [
        { questionId: 'a', problem: { code: 'unanswered' } },
        { questionId: 'b', problem: { code: 'unanswered' } },
      ],
    });
  });

  it('[C5] a submission is dated, told without its answers, and can be taken back', () => {
    const done = decide(
      sessionIn('scoring'),
      { type: 'submit', participantId: 'p-ana', sheet: fullSheet, commitment },
      now,
    );
    if (!done.ok) throw new Error('refused');
    expect(done.events).toEqual([{ type: 'submitted', participantId: 'p-ana', commitment }]);
    expect(JSON.stringify(done.session)).not.toContain(JSON.stringify(fullSheet.a));
    expect(done.session.participants[0]).toEqual(submitted('ana'));
    expect(
      outcome(done.session, { type: 'submit', participantId: 'p-ana', sheet: fullSheet, commitment }),
    ).toBe('already-submitted');
    const back = decide(done.session, { type: 'take-back', participantId: 'p-ana' }, now);
    expect(back.ok && back.session.participants[0]).toEqual(scoring('ana'));
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
    const without = decide(session, excuse('cho', ' ill '), now);
    if (!without.ok) throw new Error('refused');
    expect(without.session.participants[2]).toEqual(excused('cho'));
    expect(refusalOf(without.session, excuse('ana'))).toEqual({
      code: 'too-few-participants',
      have: 1,
      need: 2,
    });
    expect(
      outcome(without.session, { type: 'submit', participantId: 'p-cho', sheet: fullSheet, commitment }),
    ).toBe('excused');
    const again = decide(without.session, { type: 'readmit', participantId: 'p-cho' }, now);
    expect(again.ok && again.session.participants[2]).toEqual(scoring('cho'));
    expect(outcome(session, { type: 'readmit', participantId: 'p-ana' })).toBe('not-excused');
  });
});

describe('reveal, resolution and after', () => {
  it('[C7] refuses review while one has not submitted, and names who is waited for', () => {
    const session = sessionIn('scoring', [submitted('ana'), scoring('ben'), submitted('cho')]);
    expect(refusalOf(session, advance('scoring'))).toEqual({
      code: 'not-all-submitted',
      waitingFor: ['p-ben'],
    });
  });

  it('[C7] reveals with two submissions while the others are excused, and not with one', () => {
    const two = sessionIn('scoring', [submitted('ana'), excused('ben'), submitted('cho')]);
    expect(outcome(two, advance('scoring'))).toBe('review');
    const one = sessionIn('scoring', [submitted('ana'), excused('ben')]);
    expect(refusalOf(one, advance('scoring'))).toEqual({ code: 'too-few-submissions', have: 1, need: 2 });
  });

  it('[C11] resolves with a note or an agreed answer on every flagged question; a cause alone is none', () => {
    const session = sessionIn('review');
    expect(refusalOf(session, advance('review'))).toEqual({
      code: 'unresolved-questions',
      questionIds: ['a'],
    });
    expect(outcome(session, advance('review', ['a']))).toBe('resolved');
    const withCause = decide(
      session,
      { type: 'agree', questionId: 'a', agreed: null, cause: 'wording' },
      now,
    );
    expect(withCause.ok && outcome(withCause.session, advance('review'))).toBe('unresolved-questions');
    for (const agreed of [value(7), { kind: 'na' }, { kind: 'scorecard-needs-changing' }] as const) {
      const decision = decide(session, agree('a', agreed), now);
      expect(decision.ok && outcome(decision.session, advance('review'))).toBe('resolved');
    }
  });

  it('[C11] a note that was emptied again does not count, where the caller says which notes are not blank', () => {
    const session = sessionIn('review');
    if (session.status !== 'review') throw new Error('not in review');
    const noted: Session = {
      ...session,
      resolutions: [{ questionId: 'a', agreed: null, cause: null, noted: true }],
    };
    expect(outcome(noted, advance('review'))).toBe('resolved');
    expect(outcome(noted, advance('review', []))).toBe('unresolved-questions');
    expect(unresolvedQuestions({ flaggedQuestionIds: ['b', 'a'], resolutions: noted.resolutions })).toEqual([
      'b',
    ]);
  });

  it('[C10] an agreed answer is legal for its question, and the newest one stands', () => {
    const session = sessionIn('review');
    expect(outcome(session, agree('z', pass))).toBe('unknown-question');
    expect(outcome(session, agree('a', pass))).toBe('illegal-agreed-answer');
    expect(outcome(session, agree('a', value(11)))).toBe('illegal-agreed-answer');
    const once = decide(session, agree('a', value(7)), now);
    const twice = once.ok ? decide(once.session, agree('a', null), now) : once;
    expect(twice.ok && twice.session).toMatchObject({
      resolutions: [{ questionId: 'a', agreed: null, cause: null, noted: false }],
    });
  });

  it('[C3] another lead takes over, recorded; the facilitator cannot take over from themselves', () => {
    const decision = decide(sessionIn('review'), { type: 'take-over', memberId: 'max' }, now);
    expect(decision).toMatchObject({
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
const anyParticipants: fc.Arbitrary<Participant[]> = fc
  .array(fc.tuple(person, fc.constantFrom(scoring, submitted, excused)), { maxLength: 5 })
  .map((list) => [...new Map(list.map(([name, make]) => [name, make(name)])).values()]);
const anySession = fc
  .tuple(fc.constantFrom(...sessionStatuses), anyParticipants)
  .map(([status, participants]) => sessionIn(status, participants));
const anyUnrevealed = fc
  .tuple(fc.constantFrom('draft', 'scoring'), anyParticipants)
  .map(([status, participants]) => sessionIn(status, participants));
const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.constant<Command>({ type: 'edit-settings', settings: { ...settings, name: 'New' }, scorecard }),
  person.map<Command>((name) => ({
    type: 'add-participant',
    participantId: `p-${name}`,
    memberId: name,
    access: everywhere,
  })),
  personId.map<Command>((participantId) => ({ type: 'remove-participant', participantId })),
  fc.constant<Command>({ type: 'delete' }),
  fc
    .tuple(fc.constantFrom('draft', 'scoring', 'review', 'resolved'), fc.option(fc.subarray(['a', 'b'])))
    .map(([from, noted]) => advance(from, noted ?? undefined)),
  fc
    .tuple(personId, fc.constantFrom(fullSheet, {}))
    .map<Command>(([participantId, sheet]) => ({ type: 'submit', participantId, sheet, commitment })),
  personId.map<Command>((participantId) => ({ type: 'take-back', participantId })),
  fc
    .tuple(personId, fc.constantFrom('ill', ' '))
    .map<Command>(([participantId, reason]) => ({ type: 'excuse', participantId, reason })),
  personId.map<Command>((participantId) => ({ type: 'readmit', participantId })),
  fc
    .tuple(fc.constantFrom('a', 'b', 'z'), fc.constantFrom(value(3), pass, null))
    .map(([questionId, agreed]) => agree(questionId, agreed)),
  person.map<Command>((memberId) => ({ type: 'take-over', memberId })),
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
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
};

describe('properties', () => {
  it('[C3] decide never leaves the union, never goes back, and never changes the session it was given', () => {
    fc.assert(
      fc.property(anySession, fc.array(anyCommand, { maxLength: 20 }), (start, commands) => {
        let session = frozen(start);
        for (const command of commands) {
          const before = JSON.stringify(session);
          const decision = decide(session, command, now);
          expect(JSON.stringify(session)).toBe(before);
          if (!decision.ok) continue;
          const step =
            sessionStatuses.indexOf(decision.session.status) - sessionStatuses.indexOf(session.status);
          expect(step).toBe(command.type === 'advance' ? 1 : 0);
          expect(decision.events).toHaveLength(1);
          expectSound(decision.session);
          session = frozen(decision.session);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('[X1] the reveal fixes everyone’s commitments in the log, as they were given', () => {
    const commitments = [{ participantId: 'p-ana', commitment }];
    const ready = sessionIn('scoring', [submitted('ana'), submitted('ben')]);
    const done = decide(ready, { type: 'advance', from: 'scoring', commitments }, now);
    expect(done.ok && done.events).toEqual([{ type: 'revealed', commitments }]);
  });

  it('[C7] whatever happened, a revealed session has two submissions and nobody still scoring', () => {
    fc.assert(
      fc.property(anyUnrevealed, fc.array(anyCommand, { maxLength: 60 }), (start, commands) => {
        let session = start;
        for (const command of commands) {
          const decision = decide(session, command, now);
          if (decision.ok) session = decision.session;
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
      fc.property(anySession, fc.constantFrom('draft', 'scoring', 'review', 'resolved'), (session, from) => {
        const first = decide(session, advance(from, ['a']), now);
        if (!first.ok) return;
        const second = decide(first.session, advance(from, ['a']), now);
        expect(second).toEqual({
          ok: false,
          refusal: { code: 'stale', status: first.session.status, expected: from },
        });
      }),
    );
  });
});
