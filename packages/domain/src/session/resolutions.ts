// The outcomes of a session's questions, changed as a list: by question, each once.
import type { AgreedAnswer, Cause, Resolution } from './state.ts';

const blank = (questionId: string): Resolution => ({ questionId, agreed: null, cause: null, noted: false });

/** The list with each of these questions changed; one that was not in it comes last. */
function changed(
  resolutions: readonly Resolution[],
  changes: ReadonlyMap<string, Partial<Omit<Resolution, 'questionId'>>>,
): Resolution[] {
  const known = new Set(resolutions.map(({ questionId }) => questionId));
  const added = [...changes.keys()].filter((questionId) => !known.has(questionId)).map(blank);
  return [...resolutions, ...added].map((resolution) => ({
    ...resolution,
    ...changes.get(resolution.questionId),
  }));
}

/** With one question's agreed answer and cause as the group decided; the newest comes last. */
export function withOutcome(
  resolutions: readonly Resolution[],
  { questionId, agreed, cause }: { questionId: string; agreed: AgreedAnswer | null; cause: Cause | null },
): Resolution[] {
  const before = resolutions.find((resolution) => resolution.questionId === questionId);
  const others = resolutions.filter((resolution) => resolution.questionId !== questionId);
  return [...others, { ...(before ?? blank(questionId)), agreed, cause }];
}

/** With these agreed answers, `null` for none; causes and notes stay. */
export const withAgreed = (
  resolutions: readonly Resolution[],
  agreed: ReadonlyMap<string, AgreedAnswer | null>,
): Resolution[] =>
  changed(resolutions, new Map([...agreed].map(([questionId, answer]) => [questionId, { agreed: answer }])));

/** With these notes as the only ones that are not blank. */
export function withNotes(
  resolutions: readonly Resolution[],
  notes: readonly { readonly questionId: string }[],
): Resolution[] {
  const without = resolutions.map((resolution) => ({ ...resolution, noted: false }));
  return changed(without, new Map(notes.map(({ questionId }) => [questionId, { noted: true }])));
}
