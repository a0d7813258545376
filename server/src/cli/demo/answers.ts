// Answers as the demo's evaluators would give them: a question has a true share, a person a habit, and chance is a seeded
// generator, so that every fill of the demo tells the same story.
import {
  type Answer,
  isScored,
  type Question,
  type ScaleQuestion,
  type SheetEntry,
  scaleValues,
} from '@attune/domain';
import type { DemoMember } from './people.ts';

/** A generator of numbers in [0, 1) from a seed (mulberry32). Not for anything secret. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Chance = () => number;

const between = (value: number) => Math.min(1, Math.max(0, value));

const remarks: Readonly<Record<'low' | 'middle' | 'high', readonly string[]>> = {
  low: [
    'Not there where it was needed most; the customer had to ask twice.',
    'I listened again to be sure: it is missing.',
    'Policy is clear here, and this is not it.',
    'The customer says it themselves: nobody told them.',
  ],
  middle: [
    'Half of it is there. The guidance leaves room, we should talk about it.',
    'Said, but in passing. I hesitated between two answers.',
    'Good start, then it drops.',
    'Depends on whether we count what is implied.',
  ],
  high: [
    'Exactly what the guidance asks for.',
    'Done without being asked, and in own words.',
    'A good example for new colleagues.',
  ],
};

/** One question's entry by one person. @param truth what the interaction deserves, in [0, 1] */
export function entryOf(
  question: Question,
  truth: number,
  person: DemoMember,
  chance: Chance,
  lines: number,
): SheetEntry {
  const share = between(truth + person.leniency + (chance() - 0.5) * 2 * person.noise);
  const answer = answerOf(question, share, chance);
  const isSure = share > 0.85 || share < 0.1;
  const wants = question.comment !== 'offered' || (isScored(question) && !isSure && chance() < 0.45);
  const pool = share < 0.4 ? remarks.low : share < 0.8 ? remarks.middle : remarks.high;
  const comment =
    wants || (question.comment !== 'offered' && share < 1)
      ? (pool[Math.floor(chance() * pool.length)] ?? '')
      : '';
  const cites = comment !== '' && lines > 0 && chance() < 0.4;
  return {
    answer,
    comment,
    evidence: cites ? [{ kind: 'line', line: Math.floor(chance() * lines) }] : [],
  };
}

function answerOf(question: Question, share: number, chance: Chance): Answer {
  if (question.naEligible && chance() < 0.07) return { kind: 'na' };
  switch (question.type) {
    case 'binary':
      return { kind: 'binary', pass: share >= (question.critical === 'none' ? 0.45 : 0.25) };
    case 'scale':
      return { kind: 'scale', valueHundredths: nearest(question, share) };
    case 'rubric': {
      const { options } = question;
      const scored = options.some(({ pointsHundredths }) => pointsHundredths !== null);
      const place = scored
        ? Math.round((1 - share) * (options.length - 1))
        : Math.min(options.length - 1, Math.floor((1 - share) * options.length));
      return { kind: 'rubric', optionId: options[place]?.id ?? '' };
    }
    case 'checklist':
      return {
        kind: 'checklist',
        optionIds: question.options.filter(() => chance() < 0.25 + share * 0.7).map(({ id }) => id),
      };
    case 'text':
      return {
        kind: 'text',
        text:
          share > 0.6
            ? 'Keep the calm voice. Sum up before the goodbye.'
            : 'Keep the pace. Say what happens next, and by when.',
      };
  }
}

function nearest(question: ScaleQuestion, share: number): number {
  const values = scaleValues(question);
  return values[Math.round(share * (values.length - 1))] ?? question.minHundredths;
}
