// What an editor does to a draft (E11), each as a new scorecard. New ids come from outside: the domain knows no randomness.
import { examplesOf, withExamples } from './example.ts';
import type { Option, Question, ScaleQuestion, Scorecard, Section, TextQuestion } from './scorecard.ts';

/** A section weighs as much as others of a new scorecard. */
const usualWeight = 100;

/** A question that asks nothing yet. */
export const blankQuestion = (id: string): Question => ({
  id,
  type: 'binary',
  prompt: '',
  guidance: '',
  weightHundredths: usualWeight,
  required: true,
  naEligible: false,
  critical: 'none',
  comment: 'offered',
});

export const blankSection = (id: string, questionId: string): Section => ({
  id,
  title: '',
  weightHundredths: usualWeight,
  questions: [blankQuestion(questionId)],
});

/** A new scorecard: one section with one question, both without words. */
export const blankScorecard = (name: string, sectionId: string, questionId: string): Scorecard => ({
  name,
  description: '',
  passMarkHundredths: null,
  disputeWindowHours: 72,
  sections: [blankSection(sectionId, questionId)],
});

const blankOption = (id: string, pointsHundredths: number | null): Option => ({
  id,
  label: '',
  pointsHundredths,
});

/** The question as another type: what the types share stays, and so do options and their points. */
export function asType(question: Question, type: Question['type'], newId: () => string): Question {
  const { options, ...rest } = { options: [], ...question };
  const base = sharedFields(rest);
  switch (type) {
    case 'binary':
      return { ...base, type };
    case 'text':
      // What is never scored has nothing to fail and no points to lose.
      return {
        ...withoutCompared(base),
        type,
        critical: 'none',
        comment: base.comment === 'required-when-points-lost' ? 'offered' : base.comment,
      };
    case 'scale':
      return question.type === 'scale' ? question : { ...base, type, ...usualScale };
    case 'rubric':
      return { ...base, type, options: options.length > 0 ? options : [100, 0].map(blankLevel) };
    case 'checklist':
      return { ...base, type, options: options.length > 0 ? options : [100, 100].map(blankLevel) };
  }
  function blankLevel(points: number) {
    return blankOption(newId(), points);
  }
}

const usualScale: Pick<ScaleQuestion, 'minHundredths' | 'maxHundredths' | 'stepHundredths' | 'anchors'> = {
  minHundredths: 100,
  maxHundredths: 500,
  stepHundredths: 100,
  anchors: [],
};

type Shared = Omit<Extract<Question, { type: 'binary' }>, 'type'>;

function sharedFields(question: Shared): Shared {
  const { id, prompt, guidance, weightHundredths, required, naEligible, critical, comment } = question;
  const { toleranceHundredths, examples } = question;
  return {
    ...{ id, prompt, guidance, weightHundredths, required, naEligible, critical, comment },
    ...(toleranceHundredths === undefined ? {} : { toleranceHundredths }),
    ...(examples === undefined ? {} : { examples }),
  };
}

/** A text is never compared, and has no answers to give examples of. */
function withoutCompared({ toleranceHundredths: _, examples: __, ...rest }: Shared) {
  return rest;
}

/** The question with another tolerance; with `null` it has no such field, as questions from before there were any (E13). */
export function withTolerance(
  question: Exclude<Question, TextQuestion>,
  toleranceHundredths: number | null,
): Exclude<Question, TextQuestion> {
  const { toleranceHundredths: _, ...rest } = question;
  return toleranceHundredths === null ? rest : { ...rest, toleranceHundredths };
}

/** A copy with ids of its own, also of its options and examples. */
export function copyOfQuestion(question: Question, newId: () => string): Question {
  const copy = { ...question, id: newId() };
  if (copy.type === 'text') return copy;
  const ids = new Map<string, string>();
  const copied = (id: string) => {
    const own = ids.get(id) ?? newId();
    ids.set(id, own);
    return own;
  };
  const withOptions =
    copy.type === 'rubric' || copy.type === 'checklist'
      ? { ...copy, options: copy.options.map((option) => ({ ...option, id: copied(option.id) })) }
      : copy;
  const examples = examplesOf(question).map((example) => ({
    ...example,
    id: newId(),
    of:
      example.of.kind === 'option'
        ? { ...example.of, optionId: ids.get(example.of.optionId) ?? example.of.optionId }
        : example.of,
  }));
  return withExamples(withOptions, examples);
}

/** The scorecard without its examples, for whoever has no need of them. */
export const withoutExamples = (card: Scorecard): Scorecard =>
  mapSections(card, (section) => ({
    ...section,
    questions: section.questions.map((question) =>
      question.type === 'text' ? question : withExamples(question, []),
    ),
  }));

/** The scorecard as it was before questions had tolerances. */
export const withoutTolerances = (card: Scorecard): Scorecard =>
  mapSections(card, (section) => ({
    ...section,
    questions: section.questions.map((question) =>
      question.type === 'text' ? question : withTolerance(question, null),
    ),
  }));

const mapSections = (card: Scorecard, change: (section: Section) => Section): Scorecard => ({
  ...card,
  sections: card.sections.map(change),
});

export const changeSection = (
  card: Scorecard,
  id: string,
  change: Partial<Pick<Section, 'title' | 'weightHundredths'>>,
): Scorecard => mapSections(card, (section) => (section.id === id ? { ...section, ...change } : section));

export const replaceQuestion = (card: Scorecard, question: Question): Scorecard =>
  mapSections(card, (section) =>
    section.questions.some(({ id }) => id === question.id)
      ? {
          ...section,
          questions: section.questions.map((one) => (one.id === question.id ? question : one)),
        }
      : section,
  );

/** The list with an item after the one of that id; at the end where there is none. */
const insertAfter = <T extends { readonly id: string }>(
  items: readonly T[],
  item: T,
  afterId: string | null,
) => {
  const at = items.findIndex(({ id }) => id === afterId);
  return at < 0 ? [...items, item] : [...items.slice(0, at + 1), item, ...items.slice(at + 1)];
};

export const addSection = (card: Scorecard, section: Section, afterId: string | null = null): Scorecard => ({
  ...card,
  sections: insertAfter(card.sections, section, afterId),
});

export const addQuestion = (
  card: Scorecard,
  sectionId: string,
  question: Question,
  afterId: string | null = null,
): Scorecard =>
  mapSections(card, (section) =>
    section.id === sectionId
      ? { ...section, questions: insertAfter(section.questions, question, afterId) }
      : section,
  );

export function duplicateSection(card: Scorecard, id: string, newId: () => string): Scorecard {
  const section = card.sections.find((one) => one.id === id);
  if (!section) return card;
  const questions = section.questions.map((question) => copyOfQuestion(question, newId));
  return addSection(card, { ...section, id: newId(), questions }, id);
}

/** Takes the section or question of that id away. */
export const removeItem = (card: Scorecard, id: string): Scorecard => ({
  ...card,
  sections: card.sections
    .filter((section) => section.id !== id)
    .map((section) =>
      section.questions.some((question) => question.id === id)
        ? { ...section, questions: section.questions.filter((question) => question.id !== id) }
        : section,
    ),
});

/** One step up or down: a section among sections; a question in its section, and past its end into the next one. */
export function moveItem(card: Scorecard, id: string, by: 1 | -1): Scorecard {
  const at = card.sections.findIndex((section) => section.id === id);
  if (at >= 0) return { ...card, sections: swapped(card.sections, at, at + by) };
  const from = card.sections.findIndex(({ questions }) => questions.some((question) => question.id === id));
  const section = card.sections[from];
  const place = section?.questions.findIndex((question) => question.id === id) ?? -1;
  const question = section?.questions[place];
  if (!section || !question) return card;
  if (section.questions[place + by]) {
    const questions = swapped(section.questions, place, place + by);
    return mapSections(card, (one) => (one === section ? { ...one, questions } : one));
  }
  const next = card.sections[from + by];
  if (!next) return card;
  const questions = by > 0 ? [question, ...next.questions] : [...next.questions, question];
  const without = section.questions.filter((one) => one !== question);
  return mapSections(card, (one) =>
    one === section ? { ...one, questions: without } : one === next ? { ...one, questions } : one,
  );
}

function swapped<T>(items: readonly T[], one: number, other: number): readonly T[] {
  const [a, b] = [items[one], items[other]];
  if (a === undefined || b === undefined) return items;
  return items.map((item, index) => (index === one ? b : index === other ? a : item));
}

/** The scorecard in another order; as it is, where that order does not have each section and question once. */
export function arranged(
  card: Scorecard,
  order: readonly { readonly id: string; readonly questionIds: readonly string[] }[],
): Scorecard {
  const questions = new Map(
    card.sections.flatMap((section) => section.questions).map((one) => [one.id, one]),
  );
  const sections = order.flatMap(({ id, questionIds }) => {
    const section = card.sections.find((one) => one.id === id);
    return section ? [{ ...section, questions: questionIds.flatMap((one) => questions.get(one) ?? []) }] : [];
  });
  const placed = sections.flatMap((section) => section.questions.map(({ id }) => id));
  const isWhole =
    sections.length === card.sections.length &&
    order.length === sections.length &&
    placed.length === questions.size &&
    new Set(placed).size === questions.size;
  const isSame =
    isWhole &&
    sections.every(({ id, questions: inside }, at) => {
      const before = card.sections[at];
      return before?.id === id && before.questions.every((one, place) => inside[place] === one);
    });
  return isWhole && !isSame ? { ...card, sections } : card;
}
