// A meeting as its screen is told of it, with as many people as a test wants: for measuring whether a room can read it. Invented
// people; the numbers are the domain's own.
import type { BoardView, DisplayView, SessionShared } from '@attune/contract';
import {
  type Answer,
  buildBoard,
  narrowScorecard,
  type Question,
  questionsOf,
  type Scorecard,
  type Sheet,
  scaleValues,
} from '@attune/domain';
import { scorecard as calls } from './review-fixture.ts';

export interface RoomOptions {
  readonly people: number;
  readonly status: SessionShared['status'];
  readonly focus?: string | null;
  /** Names of 90 characters and prompts of 200. */
  readonly long?: boolean;
  readonly hidden?: boolean;
  /** A revealed second round, and a third that is open, on the question in focus. */
  readonly revote?: boolean;
  readonly agreed?: boolean;
  /** Everyone gives the same answer to the question in focus. */
  readonly together?: boolean;
  /** Who scores the question in focus at all; everyone else says N/A. */
  readonly scoring?: 'all' | 'one' | 'nobody';
  /** Of the question in focus; paused where nothing is said. */
  readonly timer?: 'running' | 'paused' | 'over';
}

const id = (n: number) => `0190b000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const at = '2026-11-23T14:02:00.000Z';

const firstNames = [
  'Ana',
  'Ben',
  'Chloé',
  'Dmitri',
  'Esra',
  'Farah',
  'Gwen',
  'Hana',
  'Ivo',
  'Jun',
  'Kaya',
  'Liv',
];
const nameOf = (index: number, long: boolean) =>
  long
    ? `${firstNames[index % firstNames.length]} ${'Wolfeschlegelsteinhausenbergerdorff'.repeat(3)}`.slice(
        0,
        90,
      )
    : `${firstNames[index % firstNames.length]} ${String.fromCharCode(65 + Math.floor(index / firstNames.length))}rnold`;

const longPrompt = (prompt: string) =>
  `${prompt} ${'and how would you know, had you not asked '.repeat(6)}`.slice(0, 200);

function answerOf(question: Question, person: number): Answer {
  if (question.naEligible && person % 4 === 3) return { kind: 'na' };
  switch (question.type) {
    case 'binary':
      return { kind: 'binary', pass: person % 3 !== 1 };
    case 'scale': {
      const values = scaleValues(question);
      return { kind: 'scale', valueHundredths: values[(person * 7) % values.length] ?? 0 };
    }
    case 'rubric':
      return { kind: 'rubric', optionId: question.options[(person * 5) % question.options.length]?.id ?? '' };
    case 'checklist':
      return {
        kind: 'checklist',
        optionIds: question.options
          .filter((_, option) => (person + option) % 3 > 0)
          .map((option) => option.id),
      };
    case 'text':
      return {
        kind: 'text',
        text: `Keep the calm voice${'; name the next step before the goodbye'.repeat(person % 4)}.`,
      };
  }
}

type Timer = NonNullable<SessionShared['discussion']>['timers'][number];

function timerOf(questionId: string, state: RoomOptions['timer'] = 'paused'): Timer {
  const [durationMs, leftMs] = [180_000, state === 'over' ? -5_000 : 93_000];
  if (state === 'paused') return { questionId, durationMs, state, leftMs };
  return { questionId, durationMs, state: 'running', endsAt: new Date(Date.now() + leftMs).toISOString() };
}

/** What the screen's two requests answer. */
export function roomOf(options: RoomOptions): { view: DisplayView; board: BoardView } {
  const { status, focus = null, long = false, hidden = false } = options;
  const scorecard: Scorecard = long
    ? {
        ...calls,
        sections: calls.sections.map((section) => ({
          ...section,
          questions: section.questions.map((question) => ({
            ...question,
            prompt: longPrompt(question.prompt),
          })),
        })),
      }
    : calls;
  const people = Array.from({ length: options.people }, (_, index) => ({
    id: id(0x100 + index),
    memberId: id(0x1003 + index),
    name: nameOf(index, long),
  }));
  const focusedAnswer = (question: Question, person: number): Answer => {
    if (options.scoring === 'nobody' || (options.scoring === 'one' && person > 0)) return { kind: 'na' };
    return answerOf(question, options.together ? 0 : person);
  };
  const sheetOf = (person: number): Sheet =>
    Object.fromEntries(
      questionsOf(scorecard).map((question) => [
        question.id,
        {
          answer: question.id === focus ? focusedAnswer(question, person) : answerOf(question, person),
          comment: '',
          evidence: [],
        },
      ]),
    );
  const participants = people.map((person, index) => ({ id: person.id, sheet: sheetOf(index) }));
  const board = buildBoard({ scorecard, thresholdHundredths: 1_000, participants });
  const second = focus
    ? buildBoard({
        scorecard: narrowScorecard(scorecard, [focus]),
        thresholdHundredths: 1_000,
        participants: people.map((person, index) => ({ id: person.id, sheet: sheetOf(index % 2) })),
      }).questions[0]
    : undefined;
  const isRevealed = status !== 'draft' && status !== 'scoring';
  const question = questionsOf(scorecard).find((one) => one.id === focus);
  const agreed = options.agreed && question ? answerOf(question, 0) : null;
  const revotes: SessionShared['revotes'] =
    options.revote && focus
      ? [
          {
            id: id(0x900),
            questionId: focus,
            round: 2,
            state: 'revealed',
            votedIds: people.map((person) => person.id),
            openedAt: at,
            revealedAt: at,
          },
          {
            id: id(0x901),
            questionId: focus,
            round: 3,
            state: 'open',
            votedIds: people.slice(0, 1).map((person) => person.id),
            openedAt: at,
            revealedAt: null,
          },
        ]
      : [];
  const shared: SessionShared = {
    id: id(1),
    status,
    name: long
      ? 'Billing calls of the week before last, the double charge, second attempt, everyone in one room'
      : 'Billing calls, week 47',
    thresholdHundredths: 1_000,
    scope: { kind: 'organisation' },
    facilitator: { memberId: id(2), name: nameOf(3, long) },
    participants: people.map((person, index) => ({
      ...person,
      guest: false,
      admittedBy: null,
      late: false,
      state: isRevealed || (status === 'scoring' && index % 2 === 0) ? 'submitted' : 'scoring',
      answered: isRevealed || index % 2 === 0 ? 12 : index % 12,
      questions: 12,
      submittedAt: null,
      reason: null,
    })),
    resolutions: agreed && focus ? [{ questionId: focus, agreed, cause: null }] : [],
    flaggedQuestionIds: isRevealed
      ? board.order.filter((one) =>
          board.questions.some(({ questionId, flagged }) => flagged && questionId === one),
        )
      : [],
    discussion: isRevealed
      ? {
          focusQuestionId: focus,
          timers: focus ? [timerOf(focus, options.timer)] : [],
          speakFirst: true,
          undo: null,
        }
      : null,
    revotes,
    names: hidden ? 'hidden' : 'shown',
    observers: [],
    lobby: [{ id: id(3), memberId: id(4), name: 'Gus Gast', askedAt: at }],
    putOut: [],
    meetingAt: null,
    dueAt: null,
    detailRevision: 1,
    createdAt: at,
    scoringAt: at,
    reviewAt: null,
    resolvedAt: null,
    closedAt: null,
    deleted: false,
  };
  return {
    view: {
      number: 7,
      at: new Date().toISOString(),
      organisation: 'Harbourline Contact Centre',
      shared,
      scorecard,
      joinUrl: isRevealed ? null : `http://attune.example/join#${'A'.repeat(43)}`,
      reach: 'encrypted',
    },
    board: {
      board,
      people: people.map((person, index) => ({
        participantId: person.id,
        letter: index < 26 ? String.fromCharCode(65 + index) : `A${String.fromCharCode(65 + index - 26)}`,
        name: hidden ? null : person.name,
        guest: false,
      })),
      own: null,
      revotes:
        options.revote && focus && second
          ? [{ id: id(0x900), questionId: focus, round: 2, numbers: second }]
          : [],
    },
  };
}
