// How near each person was to the answers the group agreed on (C8c, scoring.md 3). Exact until the end, and always against an agreed
// answer: against the group there are distances alone (evaluator.ts), never an alignment.
import type { Answer } from './answer.ts';
import type { Board, BoardQuestion } from './board.ts';
import { unanimousAnswer } from './board-reading.ts';
import { compare, divide, type Fraction, fraction, multiply, subtract, sum, toPercent } from './points.ts';
import { fractionOf } from './score.ts';
import { isScored, type Question, type Scorecard } from './scorecard.ts';
import type { AgreedAnswer } from './session/state.ts';
import { answerKey } from './tally.ts';

/**
 * What the questions of each section weigh together on the whole scorecard, in hundredths. A session on some of its questions counts
 * each by its share of the full card, so that leaving questions out makes no other one heavier.
 */
export type SectionWeights = readonly { readonly sectionId: string; readonly weightHundredths: number }[];

/** @param whole the scorecard with all its questions */
export const sectionWeightsOf = (whole: Pick<Scorecard, 'sections'>): SectionWeights =>
  whole.sections.map(({ id, questions }) => ({
    sectionId: id,
    weightHundredths: questions.reduce((total, { weightHundredths }) => total + weightHundredths, 0),
  }));

/**
 * An answer beside the agreed one. `same`: it is the agreed one, N/A too. `off`: another, so many percent of the question's points
 * away; 0 where other choices earn as much. `other`: another, where answers earn nothing. `na-mismatch`: exactly one of them is N/A.
 */
export interface FromAgreed {
  readonly kind: 'same' | 'off' | 'other' | 'na-mismatch';
  /** Percent [0, 100]; `null` where one of them has no q. */
  readonly off: number | null;
  /** The question is critical, and exactly one of the two earns nothing. */
  readonly critical: boolean;
}

/** One person's figures over the session. */
export interface PersonAlignment {
  readonly participantId: string;
  /** Percent [0, 100]; `null` where nothing of weight was agreed that they scored. */
  readonly alignment: number | null;
  /** Questions the mean rests on. */
  readonly n: number;
  readonly naMismatches: number;
  readonly criticalMismatches: number;
}

export interface Alignments {
  /** Scored questions with an agreed answer, and scored questions there are: "4 of 6 agreed". */
  readonly agreed: number;
  readonly of: number;
  /** In the board's order. */
  readonly people: readonly PersonAlignment[];
}

export interface AlignmentInput {
  /** The session's questions. */
  readonly scorecard: Scorecard;
  readonly weights: SectionWeights;
  readonly board: Pick<Board, 'questions' | 'participants'>;
  readonly agreed: ReadonlyMap<string, AgreedAnswer | null>;
  /** Left out, whatever is agreed on them: while a question is voted on again, nothing may tell its agreed answer (C13). */
  readonly leftOut?: ReadonlySet<string>;
}

/** How far an answer is from the agreed one; `null` where there is nothing to compare: no answer, a text, or none agreed. */
export function distanceFromAgreed(
  question: Question,
  own: Answer | null,
  agreed: AgreedAnswer | null,
): FromAgreed | null {
  const compared = compareWith(question, own, agreed);
  return (
    compared && {
      kind: compared.kind,
      off: compared.off && toPercent(compared.off),
      critical: compared.critical,
    }
  );
}

interface Compared extends Omit<FromAgreed, 'off'> {
  /** |q − agreed q| as a share in [0, 1]; `null` where one of them has no q. */
  readonly off: Fraction | null;
}

function compareWith(question: Question, own: Answer | null, agreed: AgreedAnswer | null): Compared | null {
  if (own === null || agreed === null || agreed.kind === 'scorecard-needs-changing') return null;
  if (question.type === 'text') return null;
  if (own.kind === 'na' && agreed.kind === 'na') return { kind: 'same', off: null, critical: false };
  if (own.kind === 'na' || agreed.kind === 'na') return { kind: 'na-mismatch', off: null, critical: false };
  const isSame = answerKey(own) === answerKey(agreed);
  const [ownQ, agreedQ] = [fractionOf(question, own), fractionOf(question, agreed)];
  if (!ownQ || !agreedQ) return { kind: isSame ? 'same' : 'other', off: null, critical: false };
  const isFailed = ({ numerator }: Fraction) => numerator === 0n;
  return {
    kind: isSame ? 'same' : 'off',
    off: compare(ownQ, agreedQ) < 0 ? subtract(agreedQ, ownQ) : subtract(ownQ, agreedQ),
    critical: question.critical !== 'none' && isFailed(ownQ) !== isFailed(agreedQ),
  };
}

/** What stands as agreed: what the group said, else what everyone answered alike, as a sweep would have it. */
function standing(numbers: BoardQuestion, { agreed, leftOut }: AlignmentInput): AgreedAnswer | null {
  if (leftOut?.has(numbers.questionId)) return null;
  return agreed.get(numbers.questionId) ?? unanimousAnswer(numbers);
}

/** A question's part in the figures. */
interface Part {
  readonly question: Question;
  readonly standard: AgreedAnswer | null;
  /** W · w / Σw on the full card; ΣW stands under every share, and cancels. */
  readonly weight: Fraction;
  readonly compared: ReadonlyMap<string, Compared | null>;
}

/**
 * Alignment = Σ v (100 − |q − agreed q|) / Σ v over the questions with an agreed q and an own q, v = (W / ΣW) · (w / Σw in its
 * section) on the full card. Costs questions × people.
 */
export function alignmentsOf(input: AlignmentInput): Alignments {
  const parts = partsOf(input);
  const scored = parts.filter(({ question }) => isScored(question));
  return {
    agreed: scored.filter(({ standard }) => standard !== null && standard.kind !== 'scorecard-needs-changing')
      .length,
    of: scored.length,
    people: input.board.participants.map(({ participantId }) => alignmentOf(participantId, parts)),
  };
}

function partsOf(input: AlignmentInput): Part[] {
  const sums = new Map(input.weights.map(({ sectionId, weightHundredths }) => [sectionId, weightHundredths]));
  const numbersOf = new Map(input.board.questions.map((numbers) => [numbers.questionId, numbers]));
  return input.scorecard.sections.flatMap((section) =>
    section.questions.flatMap((question): Part[] => {
      const numbers = numbersOf.get(question.id);
      if (!numbers) return [];
      const sum = sums.get(section.id) ?? 0;
      const weight =
        sum > 0
          ? multiply(fraction(section.weightHundredths), fraction(question.weightHundredths, sum))
          : fraction(0);
      const standard = standing(numbers, input);
      return [{ question, standard, weight, compared: compareAll(question, numbers, standard) }];
    }),
  );
}

/** Everyone's answer, each different one compared once. */
function compareAll(question: Question, { answers }: BoardQuestion, standard: AgreedAnswer | null) {
  const known = new Map<string, Compared | null>();
  return new Map(
    answers.map(({ participantId, answer }): [string, Compared | null] => {
      const key = answerKey(answer);
      const compared = known.get(key) ?? compareWith(question, answer, standard);
      known.set(key, compared);
      return [participantId, compared];
    }),
  );
}

function alignmentOf(participantId: string, parts: readonly Part[]): PersonAlignment {
  const weights: Fraction[] = [];
  const weighted: Fraction[] = [];
  let [naMismatches, criticalMismatches] = [0, 0];
  for (const { weight, compared: all } of parts) {
    const compared = all.get(participantId);
    if (compared?.kind === 'na-mismatch') naMismatches += 1;
    if (compared?.critical) criticalMismatches += 1;
    if (!compared?.off || weight.numerator === 0n) continue;
    weights.push(weight);
    weighted.push(multiply(weight, subtract(fraction(1), compared.off)));
  }
  return {
    participantId,
    alignment: weights.length > 0 ? toPercent(divide(sum(weighted), sum(weights))) : null,
    n: weights.length,
    naMismatches,
    criticalMismatches,
  };
}
