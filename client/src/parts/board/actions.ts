// What one can do in the meeting, as one list for keys, shortcut sheet and palette.
import { type Answer, type Cause, fewestParticipants } from '@attune/domain';
import type { Action } from '../../lib/actions.svelte.ts';
import { answerByDigit } from '../../lib/answer-keys.ts';
import { m } from '../../paraglide/messages.js';
import type { Item, Meeting } from '../../state/meeting/meeting.svelte.ts';
import { meeting as texts } from '../../texts/meeting.ts';
import { agreedChoices, type Choosing, causeChoices } from './choosing.ts';

/** What the page does for the actions. */
export interface Page {
  readonly isOverview: boolean;
  /** Opens a question by hand. */
  open(questionId: string | null): void;
  view(isOverview: boolean): void;
  choose(what: Choosing | null): void;
}

const group = 'here';
const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0];

/** Going from question to question, and following. */
export function walkActions(meeting: Meeting, page: Page): Action[] {
  return [
    { id: 'next', title: m.board_next(), group, key: 'j', run: () => page.open(meeting.neighbour(1)) },
    {
      id: 'previous',
      title: m.board_previous(),
      group,
      key: 'k',
      run: () => page.open(meeting.neighbour(-1)),
    },
    {
      id: 'flagged',
      title: m.meeting_keys_left(),
      group,
      key: 'n',
      when: () => meeting.nextFlaggedId !== null && !isVoting(meeting, page, true),
      run: () => page.open(meeting.nextFlaggedId),
    },
    {
      id: 'overview',
      title: page.isOverview ? m.board_questions() : m.board_overview(),
      group,
      key: 'o',
      run: () => page.view(!page.isOverview),
    },
    {
      id: 'follow',
      title: meeting.mayFacilitate ? m.meeting_keyLead() : m.meeting_keyFollow(),
      group,
      key: 'f',
      run: () => meeting.follow.toggle(),
    },
    {
      id: 'bring',
      title: m.meeting_bringEveryone(),
      group,
      when: () => meeting.mayFacilitate && !meeting.follow.isWith,
      run: () => meeting.follow.bringEveryone(),
    },
  ];
}

/** Whether the question in view is voted on by this person. @param naEligible only where N/A may be chosen */
function isVoting(meeting: Meeting, page: Page, naEligible = false): boolean {
  const item = meeting.focused;
  const { current, isAsked } = meeting.revotes;
  return (
    !page.isOverview &&
    isAsked &&
    item !== null &&
    current?.questionId === item.question.id &&
    (!naEligible || item.question.naEligible)
  );
}

/** A sealed vote by keys, as in scoring. */
export function voteActions(meeting: Meeting, page: Page): Action[] {
  const { revotes } = meeting;
  const item = meeting.focused;
  if (!item || !isVoting(meeting, page)) return [];
  const byDigit = (digit: number): Answer | null => answerByDigit(item.question, revotes.chosen, digit);
  return [
    ...digits.flatMap((digit): Action[] =>
      byDigit(digit)
        ? [
            {
              id: `vote-${digit}`,
              title: m.meeting_keys_option({ digit }),
              group,
              key: String(digit),
              run: () => revotes.choose(byDigit(digit)),
            },
          ]
        : [],
    ),
    {
      id: 'vote-na',
      title: m.meeting_keys_na(),
      group,
      key: 'n',
      when: () => item.question.naEligible,
      run: () => revotes.choose({ kind: 'na' }),
    },
    {
      id: 'vote',
      title: m.meeting_keys_vote(),
      group,
      key: 'v',
      when: () => revotes.voteState === 'chosen',
      run: () => void revotes.vote(),
    },
  ];
}

/** What the facilitator drives. */
export function driveActions(meeting: Meeting, page: Page): Action[] {
  if (!meeting.mayFacilitate) return [];
  const item = page.isOverview ? null : meeting.focused;
  const { undo } = meeting.discussion;
  const { current, asked } = meeting.revotes;
  const mayReveal =
    current !== null && asked.length >= fewestParticipants && asked.every(({ voted }) => voted);
  const here: Action[] = item
    ? [
        {
          id: 'agree',
          title: m.meeting_keys_agree(),
          group,
          key: 'a',
          run: () => page.choose('agree'),
        },
        { id: 'cause', title: m.meeting_keys_cause(), group, key: 'c', run: () => page.choose('cause') },
        {
          id: 'timer',
          title: m.meeting_timer_key(),
          group,
          key: 't',
          run: () => meeting.timers.press(item.question.id),
        },
        {
          id: 'revote',
          title: mayReveal ? m.meeting_revote_reveal() : m.meeting_revote_open(),
          group,
          key: 'r',
          when: () => mayReveal || (current === null && item.question.type !== 'text'),
          run: () => {
            if (mayReveal) void meeting.revotes.reveal([]);
            else meeting.revotes.ask(item.question.id);
          },
        },
      ]
    : [];
  return [
    ...here,
    {
      id: 'sweep',
      title: m.meeting_sweep({ count: meeting.sweepCount }),
      group,
      when: () => meeting.sweepCount > 0,
      run: () => void meeting.sweep(),
    },
    ...(undo
      ? [
          {
            id: 'undo',
            title: texts.undoAction(
              undo,
              undo.kind === 'focus' ? (meeting.item(undo.questionId)?.number ?? null) : null,
            ),
            group,
            key: 'u',
            run: () => void meeting.undo(),
          } as const,
        ]
      : []),
  ];
}

/** What each key decides while an answer or a cause is chosen. */
export function choices(
  meeting: Meeting,
  item: Item,
  what: Choosing,
  done: () => void,
): { readonly key: string; readonly label: string; readonly run: () => void }[] {
  const { outcomes } = meeting;
  const { id } = item.question;
  const stands = outcomes.of(id);
  if (what === 'cause')
    return causeChoices(stands.cause).map(({ key, label, value }) => ({
      key,
      label,
      run: () => {
        void outcomes.giveCause(id, value satisfies Cause | null);
        done();
      },
    }));
  const latest = meeting.revotes.rounds(id, item.numbers)[0]?.numbers ?? item.numbers;
  return agreedChoices(item.question, latest, stands.agreed).map(({ key, label, value }) => ({
    key,
    label,
    run: () => {
      void outcomes.agree(id, value);
      // A checklist is ticked one by one.
      if (value?.kind !== 'checklist' || key === 'a') done();
    },
  }));
}

/** The choices as actions: while one decides, no other single key counts. */
export const choiceActions = (
  title: string,
  list: ReturnType<typeof choices>,
  cancel: () => void,
): Action[] => [
  ...list.map(
    ({ key, label, run }): Action => ({ id: `choose-${key}`, title: `${title}: ${label}`, group, key, run }),
  ),
  { id: 'choose-cancel', title: m.meeting_keys_cancel(), group, key: 'Escape', run: cancel },
];
