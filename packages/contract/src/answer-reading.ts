// Answers and evidence read out of a document without the schemas, which would outweigh the rest of the scoring page on a
// phone. Must agree with `answerSchema` and `evidenceSchema` in every case; the test beside it holds the two together.
import { type Answer, type Evidence, longestText, mostOptions } from '@attune/domain';
import { isStorable } from './storable.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isIdentifier = (value: unknown): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= 100 && isStorable(value);
const isWhole = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;

/** The answer with nothing beside its own fields, `null` for whatever is not one. */
export function readAnswer(value: unknown): Answer | null {
  if (!isFields(value)) return null;
  switch (value.kind) {
    case 'na':
      return { kind: 'na' };
    case 'binary':
      return typeof value.pass === 'boolean' ? { kind: 'binary', pass: value.pass } : null;
    case 'scale':
      return isWhole(value.valueHundredths, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
        ? { kind: 'scale', valueHundredths: value.valueHundredths }
        : null;
    case 'rubric':
      return isIdentifier(value.optionId) ? { kind: 'rubric', optionId: value.optionId } : null;
    case 'checklist': {
      const { optionIds } = value;
      if (!Array.isArray(optionIds) || optionIds.length > mostOptions) return null;
      const ids: unknown[] = optionIds;
      return ids.every(isIdentifier) ? { kind: 'checklist', optionIds: [...ids] } : null;
    }
    case 'text':
      return typeof value.text === 'string' && value.text.length <= longestText && isStorable(value.text)
        ? { kind: 'text', text: value.text }
        : null;
    default:
      return null;
  }
}

/** The evidence with nothing beside its own fields, `null` for whatever is none. */
export function readEvidence(value: unknown): Evidence | null {
  if (!isFields(value)) return null;
  if (value.kind === 'line' && isWhole(value.line, 0, 100_000)) return { kind: 'line', line: value.line };
  if (value.kind === 'second' && isWhole(value.second, 0, 1_000_000)) {
    return { kind: 'second', second: value.second };
  }
  return null;
}
