// What each section and question weighs in the whole, in words.
import { isScored, type Scorecard, scorecardShares, toPercent } from '@attune/domain';
import { percent } from '../lib/format.ts';

/** Equal while all shares are: they are not made anew for each letter typed. */
export const weightsOf = ({ sections }: Scorecard): string =>
  sections
    .map(({ id, weightHundredths, questions }) =>
      [
        id,
        weightHundredths,
        ...questions.flatMap((one) => [one.id, one.weightHundredths, isScored(one)]),
      ].join(' '),
    )
    .join('\n');

/** By id; empty where it is never scored. */
export const sharesOf = (content: Scorecard): ReadonlyMap<string, string> =>
  new Map(
    scorecardShares(content)
      .flatMap(({ sectionId, share, questions }) => [
        { id: sectionId, share },
        ...questions.map((one) => ({ id: one.questionId, share: one.share })),
      ])
      .map(({ id, share }) => [id, share ? percent(toPercent(share)) : '']),
  );
