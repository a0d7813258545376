// Two people's changes of one draft put together, field by field (E11). Where only one of them changed a field, theirs stands; where
// both did, mine does, and it is told.
import { examplesOf, withExamples } from './example.ts';
import { type Example, type Question, type Scorecard, type Section, toleranceOf } from './scorecard.ts';
import { mergedOrder, movedIds } from './scorecard-compare.ts';
import { withTolerance } from './scorecard-edit.ts';
import {
  type CardField,
  changedQuestionFields,
  changedSectionFields,
  exampleText,
  placedQuestions,
  type QuestionField,
  type SectionField,
  sectionValue,
} from './scorecard-fields.ts';

/** Where both changed the same thing differently: `mine` was kept. `order`: both moved things; `removal`: one removed it. */
export type Collision =
  | { readonly of: 'card'; readonly field: CardField | 'order' }
  | { readonly of: 'section'; readonly id: string; readonly field: SectionField | 'order' | 'removal' }
  | { readonly of: 'question'; readonly id: string; readonly field: QuestionField | 'section' | 'removal' };

export interface Merged {
  readonly scorecard: Scorecard;
  readonly collisions: readonly Collision[];
}

/**
 * Mine and theirs, both made from `base`, as one. What one removed and the other changed stays: nobody's work is lost by it. What both
 * have and `base` has not is mine, and told where it differs.
 */
export function mergeScorecards(base: Scorecard, mine: Scorecard, theirs: Scorecard): Merged {
  const collisions: Collision[] = [];
  const tell = (collision: Collision) => collisions.push(collision);
  const questions = mergeQuestions(base, mine, theirs, tell);
  const places = mergePlaces({ base, mine, theirs }, [...questions.keys()], tell);
  const sections = mergeSections({ base, mine, theirs }, new Set(places.values()), tell);
  const order = mergeOrder(
    [base, mine, theirs].map(({ sections: all }) => all.map(({ id }) => id)),
    [...sections.keys()],
  );
  if (order.collide) tell({ of: 'card', field: 'order' });
  return {
    scorecard: {
      ...mergeCard(base, mine, theirs, tell),
      sections: order.ids.flatMap((id) => {
        const section = sections.get(id);
        if (!section) return [];
        const inside = [...questions.keys()].filter((questionId) => places.get(questionId) === id);
        const within = mergeOrder(
          [base, mine, theirs].map((card) => idsIn(card, id)),
          inside,
        );
        if (within.collide) tell({ of: 'section', id, field: 'order' });
        return [{ ...section, questions: within.ids.flatMap((one) => questions.get(one) ?? []) }];
      }),
    },
    collisions,
  };
}

type Tell = (collision: Collision) => void;
interface Three {
  readonly base: Scorecard;
  readonly mine: Scorecard;
  readonly theirs: Scorecard;
}

/** What only one side changed is theirs who changed it; what both changed to different things collides, and is mine. */
function pick<T>(base: T, mine: T, theirs: T, collide: () => void): T {
  if (mine === base) return theirs;
  if (theirs !== base && theirs !== mine) collide();
  return mine;
}

function mergeCard(base: Scorecard, mine: Scorecard, theirs: Scorecard, tell: Tell) {
  const collides = (field: CardField) => () => tell({ of: 'card', field });
  return {
    name: pick(base.name, mine.name, theirs.name, collides('name')),
    description: pick(base.description, mine.description, theirs.description, collides('description')),
    passMarkHundredths: pick(
      base.passMarkHundredths,
      mine.passMarkHundredths,
      theirs.passMarkHundredths,
      collides('passMark'),
    ),
    disputeWindowHours: pick(
      base.disputeWindowHours,
      mine.disputeWindowHours,
      theirs.disputeWindowHours,
      collides('disputeWindow'),
    ),
  };
}

function mergeQuestions(
  base: Scorecard,
  mine: Scorecard,
  theirs: Scorecard,
  tell: Tell,
): Map<string, Question> {
  const [was, ours, others] = [base, mine, theirs].map(placedQuestions);
  const merged = new Map<string, Question>();
  for (const id of mergedOrder([...(others?.keys() ?? [])], [...(ours?.keys() ?? [])])) {
    const before = was?.get(id)?.question;
    const [my, their] = [ours?.get(id)?.question, others?.get(id)?.question];
    if (my && their) {
      if (!before) for (const field of changedQuestionFields(my, their)) tell({ of: 'question', id, field });
      merged.set(id, before ? mergeQuestion(before, my, their, tell) : my);
    } else {
      const left = my ?? their;
      if (!left) continue;
      const isChanged = before !== undefined && changedQuestionFields(before, left).length > 0;
      if (isChanged) tell({ of: 'question', id, field: 'removal' });
      // One that was there before, and is gone untouched by the other side, was removed.
      if (!before || isChanged) merged.set(id, left);
    }
  }
  return merged;
}

/** What an answer is asked and judged by belongs together; with what a text never has, where one side made it one. */
const answerFields = ['type', 'answers'] as const satisfies QuestionField[];
const comparedFields = [...answerFields, 'examples', 'tolerance'] as const satisfies QuestionField[];

function mergeQuestion(base: Question, mine: Question, theirs: Question, tell: Tell): Question {
  const my = new Set(changedQuestionFields(base, mine));
  const their = new Set(changedQuestionFields(base, theirs));
  if (my.size === 0) return theirs;
  if (their.size === 0) return mine;
  const apart = new Set(changedQuestionFields(mine, theirs));
  const isText = mine.type === 'text' || theirs.type === 'text';
  const together: readonly QuestionField[] = isText ? comparedFields : answerFields;
  const changesAnswers = together.some((field) => my.has(field));
  for (const field of their) {
    // Examples are merged one by one.
    if (field === 'examples' && !isText) continue;
    const isMine = my.has(field) || (changesAnswers && together.includes(field));
    if (isMine && apart.has(field)) tell({ of: 'question', id: mine.id, field });
  }
  const of = (field: QuestionField) => (my.has(field) ? mine : theirs);
  const merged = {
    ...(changesAnswers ? mine : theirs),
    prompt: of('prompt').prompt,
    guidance: of('guidance').guidance,
    weightHundredths: of('weight').weightHundredths,
    required: of('required').required,
    naEligible: of('naEligible').naEligible,
    critical: of('critical').critical,
    comment: of('comment').comment,
  };
  if (merged.type === 'text' || isText) return merged;
  const collide = () => tell({ of: 'question', id: mine.id, field: 'examples' });
  const examples = mergeExamples([base, mine, theirs].map(examplesOf), collide);
  return withExamples(withTolerance(merged, toleranceOf(of('tolerance'))), examples);
}

/** Each example is theirs who changed it, or mine where both did; what one removed and the other changed stays. */
function mergeExamples(three: readonly (readonly Example[])[], collide: () => void): Example[] {
  const [was, ours, others] = three.map((examples) => new Map(examples.map((one) => [one.id, one])));
  const merged = new Map<string, Example>();
  let collides = false;
  for (const id of mergedOrder([...(others?.keys() ?? [])], [...(ours?.keys() ?? [])])) {
    const [before, my, their] = [was?.get(id), ours?.get(id), others?.get(id)];
    const [isMine, isTheirs] = [my, their].map((one) => !isSameExample(before, one));
    if (isMine && isTheirs && !isSameExample(my, their)) collides = true;
    const kept = !isMine ? their : isTheirs ? (my ?? their) : my;
    if (kept) merged.set(id, kept);
  }
  const order = mergeOrder(
    three.map((examples) => examples.map(({ id }) => id)),
    [...merged.keys()],
  );
  if (collides || order.collide) collide();
  return order.ids.flatMap((id) => merged.get(id) ?? []);
}

const isSameExample = (one: Example | undefined, other: Example | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && exampleText(one) === exampleText(other));

/** The section each question stands in. */
function mergePlaces(three: Three, ids: readonly string[], tell: Tell): Map<string, string> {
  const [was, ours, others] = [three.base, three.mine, three.theirs].map(placedQuestions);
  return new Map(
    ids.map((id) => {
      const [my, their] = [ours?.get(id)?.section.id, others?.get(id)?.section.id];
      const before = was?.get(id)?.section.id ?? my ?? their ?? '';
      const collide = () => tell({ of: 'question', id, field: 'section' });
      // Where both saved it anew, nobody knows who moved it.
      if (my && their && !was?.has(id)) {
        if (my !== their) collide();
        return [id, my];
      }
      return [id, pick(before, my ?? before, their ?? before, collide)];
    }),
  );
}

function mergeSections(
  { base, mine, theirs }: Three,
  used: ReadonlySet<string>,
  tell: Tell,
): Map<string, Omit<Section, 'questions'>> {
  const [was, ours, others] = [base, mine, theirs].map(
    ({ sections }) => new Map(sections.map((section) => [section.id, section])),
  );
  const merged = new Map<string, Omit<Section, 'questions'>>();
  for (const id of mergedOrder([...(others?.keys() ?? [])], [...(ours?.keys() ?? [])])) {
    const [before, my, their] = [was?.get(id), ours?.get(id), others?.get(id)];
    if (my && their && before) {
      const field = (name: SectionField) => () => {
        if (sectionValue(my, name) !== sectionValue(their, name)) tell({ of: 'section', id, field: name });
      };
      merged.set(id, {
        id,
        title: pick(before.title, my.title, their.title, field('title')),
        weightHundredths: pick(
          before.weightHundredths,
          my.weightHundredths,
          their.weightHundredths,
          field('weight'),
        ),
      });
      continue;
    }
    if (my && their) for (const field of changedSectionFields(my, their)) tell({ of: 'section', id, field });
    const left = my ?? their;
    if (!left) continue;
    const isChanged = before !== undefined && changedSectionFields(before, left).length > 0;
    const isWanted = !before || (my && their) || isChanged || used.has(id);
    if (before && isWanted) tell({ of: 'section', id, field: 'removal' });
    if (isWanted) merged.set(id, { id, title: left.title, weightHundredths: left.weightHundredths });
  }
  return merged;
}

const idsIn = (card: Scorecard, sectionId: string): string[] =>
  card.sections.find(({ id }) => id === sectionId)?.questions.map(({ id }) => id) ?? [];

/** The order of whoever changed it, mine where both did, with what the other side added beside what it followed there. */
function mergeOrder(three: readonly string[][], kept: readonly string[]) {
  const [base = [], mine = [], theirs = []] = three;
  const [iMoved, theyMoved] = [movedIds(base, mine).size > 0, movedIds(base, theirs).size > 0];
  const [leading, other] = iMoved || !theyMoved ? [mine, theirs] : [theirs, mine];
  const wanted = new Set(kept);
  const ids = mergedOrder(other, leading).filter((id) => wanted.has(id));
  const collide = iMoved && theyMoved && movedIds(mine, theirs).size > 0;
  return { ids: [...ids, ...kept.filter((id) => !ids.includes(id))], collide };
}
