// The board by the formulas of scoring.md, word for word and pair by pair, however slow: what the fast arithmetic is compared with.
import type { Answer, Sheet } from './answer.ts';
import type { BoardInput } from './board.ts';
import {
  add,
  compare,
  divide,
  exactly,
  type Fraction,
  fraction,
  multiply,
  subtract,
  toNumber,
} from './points.ts';
import { studentT975 } from './reliability.ts';
import { fractionOf } from './score.ts';
import { isScored, type Question, questionsOf, type Scorecard } from './scorecard.ts';

const total = (values: readonly Fraction[]) => values.reduce(add, fraction(0));
const mean = (values: readonly Fraction[]) =>
  values.length === 0 ? null : divide(total(values), fraction(values.length));
const pairs = <T>(values: readonly T[]) =>
  values.flatMap((one, index) => values.slice(index + 1).map((other): [T, T] => [one, other]));
const percent = (share: Fraction | null) => share && toNumber(multiply(share, fraction(100)));
const absolute = (value: Fraction) => (value.numerator < 0n ? subtract(fraction(0), value) : value);
const apart = (one: Fraction, other: Fraction) => absolute(subtract(one, other));
const square = (value: Fraction) => multiply(value, value);

function variance(values: readonly Fraction[]): Fraction | null {
  const middle = mean(values);
  if (!middle || values.length < 2) return null;
  return divide(total(values.map((value) => square(subtract(value, middle)))), fraction(values.length - 1));
}

function summary(values: readonly Fraction[]) {
  const sorted = [...values].sort(compare);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  const middle = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return {
    n: values.length,
    spread: percent(lowest && highest && sorted.length > 1 ? subtract(highest, lowest) : null),
    mean: percent(mean(values)),
    median: percent(mean(middle.flatMap((value) => value ?? []))),
  };
}

function jaccard([one, other]: readonly [Answer, Answer]): Fraction {
  const [left, right] = [one, other].map((answer) => (answer.kind === 'checklist' ? answer.optionIds : []));
  const union = new Set([...(left ?? []), ...(right ?? [])]).size;
  return union === 0 ? fraction(1) : fraction((left ?? []).filter((id) => right?.includes(id)).length, union);
}

const same = (one: Answer, other: Answer) => JSON.stringify(one) === JSON.stringify(other);

function numbersOf(question: Question, answers: readonly Answer[]) {
  const shares = answers.flatMap((answer) => fractionOf(question, answer) ?? []);
  const modeShare =
    answers.length === 0
      ? null
      : fraction(
          Math.max(...answers.map((one) => answers.filter((other) => same(one, other)).length)),
          answers.length,
        );
  const deviation = variance(shares);
  const ofPairs = pairs(shares).map(([one, other]) => apart(one, other));
  const alike = mean(pairs(answers).map(jaccard));
  const { n: _, ...rest } = summary(shares);
  const unscored = question.type === 'checklist' ? alike : answers.length > 1 ? modeShare : null;
  return {
    ...rest,
    divergence: isScored(question) ? rest.spread : percent(unscored && subtract(fraction(1), unscored)),
    standardDeviation: deviation && Math.sqrt(toNumber(multiply(deviation, fraction(10_000)))),
    meanPairwiseDifference: percent(mean(ofPairs)),
    modeShare: modeShare && toNumber(modeShare),
  };
}

/** Own value less the mean of the others', over the questions another one has a value on, too. */
function deviationOf(rows: readonly (readonly (Fraction | null)[])[], own: number) {
  const differences = (rows[own] ?? []).flatMap((value, unit) => {
    const others = mean(rows.flatMap((row, index) => (index === own ? [] : (row[unit] ?? []))));
    return value && others ? [subtract(value, others)] : [];
  });
  const scatter = variance(differences);
  return {
    n: differences.length,
    severity: percent(mean(differences)),
    erraticness: scatter && Math.sqrt(toNumber(multiply(scatter, fraction(10_000)))),
    distance: percent(mean(differences.map(absolute))),
  };
}

function alphaOver(
  units: readonly (readonly Fraction[])[],
  distance: (one: Fraction, other: Fraction) => Fraction,
) {
  const disagreement = (values: readonly Fraction[]) =>
    divide(
      total(pairs(values).map(([one, other]) => multiply(distance(one, other), fraction(2)))),
      fraction(values.length - 1),
    );
  const observed = total(units.map(disagreement));
  const expected = disagreement(units.flat());
  return expected.numerator === 0n ? null : toNumber(subtract(fraction(1), divide(observed, expected)));
}

function alpha(rows: readonly (readonly (Fraction | null)[])[], metric: 'interval' | 'nominal') {
  const units = (rows[0] ?? []).map((_, unit) => rows.flatMap((row) => row[unit] ?? []));
  const pairable = units.filter((values) => values.length > 1);
  const distance = (one: Fraction, other: Fraction) =>
    metric === 'interval' ? square(subtract(one, other)) : fraction(compare(one, other) === 0 ? 0 : 1);
  if (pairable.length === 0) return { kind: 'no-pairs' };
  const value = alphaOver(pairable, distance);
  if (value === null) return { kind: 'no-variation', units: pairable.length };
  const partials = pairable.map((_, left) =>
    alphaOver(
      pairable.filter((_u, unit) => unit !== left),
      distance,
    ),
  );
  const n = partials.length;
  const reach = (known: readonly number[]) => {
    const middle = known.reduce((sum, one) => sum + one, 0) / n;
    const squares = known.reduce((sum, one) => sum + (one - middle) ** 2, 0);
    return studentT975(n - 1) * Math.sqrt(((n - 1) / n) * squares);
  };
  const known = partials.flatMap((one) => one ?? []);
  const interval =
    n < 3 || known.length < n ? null : { low: value - reach(known), high: Math.min(1, value + reach(known)) };
  return { kind: 'value', value, units: n, tooLittleData: n < 5, interval };
}

/** Σ q · weight / Σ weight over what has a q, by section and over the sections; without critical questions. */
function scoresOf(scorecard: Scorecard, sheet: Sheet) {
  const weighted = (parts: readonly { q: Fraction | null; weightHundredths: number }[]) => {
    const known = parts.flatMap(({ q, weightHundredths }) =>
      q ? [{ q, weight: fraction(weightHundredths) }] : [],
    );
    const weights = total(known.map(({ weight }) => weight));
    return weights.numerator === 0n
      ? null
      : divide(total(known.map(({ q, weight }) => multiply(q, weight))), weights);
  };
  const sections = scorecard.sections.map(({ questions, weightHundredths }) => ({
    weightHundredths,
    q: weighted(
      questions.map((question) => ({
        q: fractionOf(question, sheet[question.id]?.answer ?? null),
        weightHundredths: question.weightHundredths,
      })),
    ),
  }));
  return { sections: sections.map(({ q }) => q), total: weighted(sections) };
}

/** What a board must say, but for who gave what and the order of its questions. */
export function referenceOf({ scorecard, participants }: BoardInput) {
  const questions = questionsOf(scorecard);
  const answersTo = (question: Question) =>
    participants.flatMap(({ sheet }) => {
      const answer = sheet[question.id]?.answer;
      return answer && answer.kind !== 'na' ? [answer] : [];
    });
  const rowsOn = (rated: readonly Question[]) =>
    participants.map(({ sheet }) =>
      rated.map((question) => fractionOf(question, sheet[question.id]?.answer ?? null)),
    );
  // Alpha is computed over q as it is shown: percent, as doubles.
  const shownOn = (rated: readonly Question[]) =>
    rowsOn(rated).map((row) => row.map((share) => share && exactly(percent(share) ?? 0)));
  const scored = questions.filter(isScored);
  const scores = participants.map(({ sheet }) => scoresOf(scorecard, sheet));
  return {
    questions: questions.map((question) => numbersOf(question, answersTo(question))),
    deviations: participants.map((_, own) => deviationOf(rowsOn(scored), own)),
    scores: scores.map((score) => percent(score.total)),
    totals: summary(scores.flatMap((score) => score.total ?? [])),
    sectionTotals: scorecard.sections.map((_, at) =>
      summary(scores.flatMap(({ sections }) => sections[at] ?? [])),
    ),
    alphaInterval: alpha(shownOn(scored), 'interval'),
    binaryAlphaNominal: alpha(shownOn(questions.filter(({ type }) => type === 'binary')), 'nominal'),
  };
}
