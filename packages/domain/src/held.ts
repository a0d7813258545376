// What a log says without saying it: a free text, a name, a transcript stands in it as a hash under a salt of its own. Text and
// salt lie beside the log and are erased together; every proof over the hash stays whole (X1).
import type { Answer, Evidence, Sheet } from './answer.ts';
import type { Board, BoardQuestion } from './board.ts';
import { canonicalJson, domainSeparated, encode } from './canonical.ts';
import type { Scorecard } from './scorecard.ts';

/** A value by its hash alone: HMAC-SHA-256 of `heldInput`, keyed by 32 random bytes; hexadecimal. */
export interface Held {
  readonly held: string;
}

/** What a hash is of. Without `value` for what stands elsewhere in a record: the numbers of a board or a re-vote. */
export interface HeldValue {
  readonly hash: string;
  /** Hexadecimal. */
  readonly salt: string;
  readonly value?: unknown;
}

/** The hash of one text of a sheet, beside the text. `salt` is `null` once the text is erased, which then is empty. */
export interface HeldText {
  readonly hash: string;
  readonly salt: string | null;
}

/** What a value's hash is the HMAC-SHA-256 of, keyed by the value's own salt. */
export const heldInput = (value: unknown): Uint8Array =>
  domainSeparated('attune/held/v1', encode(canonicalJson(value)));

/** What a scorecard's hash in the log is the SHA-256 of: its wording is nobody's person, and needs no salt. */
export const scorecardInput = (scorecard: Scorecard): Uint8Array =>
  domainSeparated('attune/scorecard/v1', encode(canonicalJson(scorecard)));

/** An answer whose text is held by its hash. */
export type HeldAnswer =
  | Exclude<Answer, { readonly kind: 'text' }>
  | { readonly kind: 'text'; readonly text: Held | '' };

export interface HeldEntry {
  readonly answer: HeldAnswer | null;
  readonly comment: Held | '';
  readonly evidence: readonly Evidence[];
}

/** A sheet as its commitment has it. */
export type HeldSheet = Readonly<Record<string, HeldEntry>>;

/** The hashes of one entry's texts, as far as it has any. */
export interface EntryTexts {
  readonly comment?: HeldText;
  readonly text?: HeldText;
}

/** A sheet with its texts by hash. @param hold makes the hash of one text of a question, which is not empty */
export function holdSheet(
  sheet: Sheet,
  hold: (questionId: string, place: keyof EntryTexts, text: string) => string,
): HeldSheet {
  return Object.fromEntries(
    Object.entries(sheet).map(([questionId, { answer, comment, evidence }]) => [
      questionId,
      {
        answer:
          answer?.kind === 'text' ? holdText(answer.text, (text) => hold(questionId, 'text', text)) : answer,
        comment: comment === '' ? '' : { held: hold(questionId, 'comment', comment) },
        evidence,
      },
    ]),
  );
}

const holdText = (text: string, hold: (text: string) => string): HeldAnswer => ({
  kind: 'text',
  text: text === '' ? '' : { held: hold(text) },
});

/**
 * The numbers of a question, without what people wrote: the answers stand in the sheets, and an erased text must leave them
 * whole. Who gave the same text stays.
 */
export const questionToHold = (question: BoardQuestion): BoardQuestion => ({
  ...question,
  answers: question.answers.map(({ participantId, q }) => ({
    participantId,
    answer: null,
    q,
    comment: '',
    evidence: [],
  })),
  distribution: question.distribution.map((entry) =>
    entry.answer?.kind === 'text' ? { ...entry, key: 'text', answer: null } : entry,
  ),
});

/** All numbers of a board, likewise. */
export const boardToHold = (board: Board): Board => ({
  ...board,
  questions: board.questions.map(questionToHold),
});
