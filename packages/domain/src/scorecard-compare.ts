// Two versions of a scorecard side by side, by question (E13): what was added, removed, reworded, re-weighted, moved, and whose
// answers changed.
import type { Question, Scorecard, Section } from './scorecard.ts';
import {
  type CardField,
  changedCardFields,
  changedQuestionFields,
  changedSectionFields,
  type Placed,
  placedQuestions,
  type QuestionField,
  type SectionField,
} from './scorecard-fields.ts';

/** `answers`: another type, range, label or option; `rules`: tolerance, required, N/A, critical, comment. */
export type QuestionChange =
  | 'added'
  | 'removed'
  | 'reworded'
  | 'answers'
  | 'examples'
  | 're-weighted'
  | 'rules'
  | 'moved';

export interface ComparedQuestion {
  readonly id: string;
  /** `null`: added. */
  readonly before: Placed | null;
  /** `null`: removed. */
  readonly after: Placed | null;
  readonly changes: readonly QuestionChange[];
  /** What differs; empty for one that was added, removed or only moved. */
  readonly fields: readonly QuestionField[];
}

export interface ComparedSection {
  readonly id: string;
  readonly before: Section | null;
  readonly after: Section | null;
  readonly changes: readonly ('added' | 'removed' | 'reworded' | 're-weighted' | 'moved')[];
  readonly fields: readonly SectionField[];
}

export interface ScorecardComparison {
  readonly fields: readonly CardField[];
  /** Those that changed, in the order of the newer version, each that was removed after the one it followed. */
  readonly sections: readonly ComparedSection[];
  readonly questions: readonly ComparedQuestion[];
}

const changeOfField: Record<QuestionField, QuestionChange> = {
  prompt: 'reworded',
  guidance: 'reworded',
  type: 'answers',
  answers: 'answers',
  examples: 'examples',
  weight: 're-weighted',
  tolerance: 'rules',
  required: 'rules',
  naEligible: 'rules',
  critical: 'rules',
  comment: 'rules',
};

/** What changed from one version to another. */
export function compareScorecards(before: Scorecard, after: Scorecard): ScorecardComparison {
  return {
    fields: changedCardFields(before, after),
    sections: compareSections(before, after),
    questions: compareQuestions(before, after),
  };
}

/** Whether two versions differ in anything. */
export const isSameVersion = ({ fields, sections, questions }: ScorecardComparison): boolean =>
  fields.length + sections.length + questions.length === 0;

function compareSections(before: Scorecard, after: Scorecard): ComparedSection[] {
  const [was, is] = [byId(before.sections), byId(after.sections)];
  const moved = movedIds([...was.keys()], [...is.keys()]);
  return mergedOrder([...was.keys()], [...is.keys()]).flatMap((id): ComparedSection[] => {
    const [one = null, other = null] = [was.get(id), is.get(id)];
    if (!one || !other)
      return [{ id, before: one, after: other, changes: [one ? 'removed' : 'added'], fields: [] }];
    const fields = changedSectionFields(one, other);
    const changes = [
      ...(fields.includes('title') ? (['reworded'] as const) : []),
      ...(fields.includes('weight') ? (['re-weighted'] as const) : []),
      ...(moved.has(id) ? (['moved'] as const) : []),
    ];
    return changes.length > 0 ? [{ id, before: one, after: other, changes, fields }] : [];
  });
}

function compareQuestions(before: Scorecard, after: Scorecard): ComparedQuestion[] {
  const [was, is] = [placedQuestions(before), placedQuestions(after)];
  const moved = movedQuestions(was, is);
  return mergedOrder([...was.keys()], [...is.keys()]).flatMap((id): ComparedQuestion[] => {
    const [one = null, other = null] = [was.get(id), is.get(id)];
    if (!one || !other)
      return [{ id, before: one, after: other, changes: [one ? 'removed' : 'added'], fields: [] }];
    const fields = changedQuestionFields(one.question, other.question);
    const found = new Set(fields.map((field) => changeOfField[field]));
    if (moved.has(id)) found.add('moved');
    return found.size > 0 ? [{ id, before: one, after: other, changes: [...found], fields }] : [];
  });
}

/** Those in another section, and within each section the fewest that must have moved. */
function movedQuestions(was: ReadonlyMap<string, Placed>, is: ReadonlyMap<string, Placed>): Set<string> {
  const moved = new Set<string>();
  const stayed = new Map<string, { was: string[]; is: string[] }>();
  const listOf = (sectionId: string) => {
    const list = stayed.get(sectionId) ?? { was: [], is: [] };
    stayed.set(sectionId, list);
    return list;
  };
  for (const [id, { section }] of was) {
    const now = is.get(id);
    if (now && now.section.id !== section.id) moved.add(id);
    else if (now) listOf(section.id).was.push(id);
  }
  for (const [id, { section }] of is) if (was.has(id) && !moved.has(id)) listOf(section.id).is.push(id);
  for (const list of stayed.values()) for (const id of movedIds(list.was, list.is)) moved.add(id);
  return moved;
}

const byId = <T extends Section | Question>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.id, item]));

/** The fewest of those in both lists without which the rest stand in the same order. */
export function movedIds(before: readonly string[], after: readonly string[]): Set<string> {
  const placeBefore = new Map(before.map((id, index) => [id, index]));
  const kept = after.filter((id) => placeBefore.has(id));
  const places = kept.map((id) => placeBefore.get(id) ?? 0);
  // The longest run of growing places: what is not on it has moved.
  const best: { length: number; from: number }[] = [];
  places.forEach((place, index) => {
    let [length, from] = [1, -1];
    for (let earlier = 0; earlier < index; earlier += 1) {
      const run = best[earlier];
      if (run && (places[earlier] ?? 0) < place && run.length + 1 > length) {
        length = run.length + 1;
        from = earlier;
      }
    }
    best.push({ length, from });
  });
  let at = best.reduce((top, { length }, index) => (length > (best[top]?.length ?? 0) ? index : top), 0);
  const stays = new Set<string>();
  while (at >= 0 && at < kept.length) {
    stays.add(kept[at] ?? '');
    at = best[at]?.from ?? -1;
  }
  return new Set(kept.filter((id) => !stays.has(id)));
}

/** All ids of both, in the newer order, each that is only in the older one after the one it followed there. */
export function mergedOrder(before: readonly string[], after: readonly string[]): string[] {
  const order = [...after];
  const there = new Set(after);
  before.forEach((id, index) => {
    if (there.has(id)) return;
    const previous = before[index - 1];
    order.splice(previous === undefined ? 0 : order.indexOf(previous) + 1, 0, id);
    there.add(id);
  });
  return order;
}
