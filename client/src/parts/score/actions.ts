// What one can do on the scoring page, as one list for keys, shortcut sheet and palette.
import type { Action } from '../../lib/actions.svelte.ts';
import { m } from '../../paraglide/messages.js';
import type { Scoring } from '../../state/sheet/scoring.svelte.ts';
import { keys } from '../../texts/score.ts';

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0];

export function scoreActions(scoring: Scoring, submit: () => void): Action[] {
  const group = 'here';
  const hasOptions = () => scoring.current?.type !== 'text';
  return [
    { id: 'score-next', title: m.score_next(), group, key: 'j', run: () => scoring.step(1) },
    { id: 'score-previous', title: m.score_previous(), group, key: 'k', run: () => scoring.step(-1) },
    {
      id: 'score-unanswered',
      title: m.score_nextUnanswered(),
      group,
      key: 'u',
      when: () => scoring.nextUnansweredId !== null,
      run: () => scoring.goUnanswered(),
    },
    ...digits.map(
      (digit): Action => ({
        id: `score-option-${digit}`,
        title: keys.option(digit),
        group,
        key: String(digit),
        when: () => scoring.canPress(digit),
        run: () => scoring.press(digit),
      }),
    ),
    {
      id: 'score-write',
      title: m.scoreKeys_write(),
      group,
      key: 'w',
      when: () => !hasOptions(),
      run: () => scoring.openPart('text'),
    },
    {
      id: 'score-na',
      title: `${m.question_notApplicable()}, ${m.question_notApplicableLong()}`,
      group,
      key: 'n',
      when: () => scoring.current?.naEligible ?? false,
      run: () => scoring.toggleNa(),
    },
    {
      id: 'score-comment',
      title: m.scoreKeys_comment(),
      group,
      key: 'c',
      run: () => scoring.openPart('comment'),
    },
    {
      id: 'score-evidence',
      title: m.scoreKeys_cite(),
      group,
      key: 'e',
      run: () => scoring.openPart('evidence'),
    },
    { id: 'score-submit', title: m.scoreKeys_submit(), group, key: '$mod+Enter', run: submit },
  ];
}
