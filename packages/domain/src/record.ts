// The permanent record of a calibration (C12): everything that was set, answered, computed, written and done. Built from rows
// alone (/1), or told from its log (/2, `retell.ts`). Canonical: the same rows give the same bytes, whoever asks.

import type { Scope } from './access.ts';
import type { FromAgreed, PersonAlignment, SectionWeights } from './alignment.ts';
import type { Answer, Evidence } from './answer.ts';
import type { Board, BoardQuestion } from './board.ts';
import { canonicalJson } from './canonical.ts';
import type { EntryTexts, HeldValue } from './held.ts';
import type { AuditEntry } from './proof.ts';
import { questionsOf, type Scorecard } from './scorecard.ts';
import type { AgreedAnswer, Cause, Settings } from './session/state.ts';

export interface RecordPerson {
  readonly participantId: string;
  readonly memberId: string;
  readonly name: string;
  /** Came by the join link, without an account: the name is one they gave themselves. Missing in records made before guests were told apart. */
  readonly guest: boolean;
  /** Who let a guest in. */
  readonly admittedBy: string | null;
  readonly late: boolean;
  readonly state: 'submitted' | 'excused';
  readonly submittedAt: string | null;
  readonly excusedReason: string | null;
  /** Fixed at submission: HMAC-SHA-256 of the canonical submission; hexadecimal. `null` for excused participants. */
  readonly commitment: string | null;
  /** Published at the reveal; hexadecimal. */
  readonly salt: string | null;
  /** When a personal link, which others held too, first opened their place; no such links are made any more. */
  readonly openedByLinkAt: string | null;
}

export interface RecordAnswer {
  readonly participantId: string;
  readonly answer: Answer | null;
  readonly comment: string;
  readonly evidence: readonly Evidence[];
  /** The hashes of comment and text, in /2: a text that is empty and has one is erased. */
  readonly texts?: EntryTexts;
}

export interface RecordOutcome {
  readonly agreed: AgreedAnswer | null;
  readonly cause: Cause | null;
  /** ProseMirror JSON, and its plain text; `null` where the note was blank. */
  readonly note: { readonly json: unknown; readonly text: string } | null;
}

/** A second vote on a question, beside the first answers. Votes in the order of the people. */
export interface RecordRevote {
  readonly revoteId: string;
  /** From 2. */
  readonly round: number;
  readonly openedAt: string;
  readonly revealedAt: string;
  readonly votes: readonly {
    readonly participantId: string;
    readonly answer: Answer;
    /** Fixed when the vote was cast; hexadecimal, as is the salt published at its reveal. */
    readonly commitment: string;
    readonly salt: string;
  }[];
  readonly numbers: BoardQuestion;
}

export interface RecordQuestion extends RecordOutcome {
  readonly questionId: string;
  readonly answers: readonly RecordAnswer[];
  /** In the order in which they were opened. */
  readonly revotes: readonly RecordRevote[];
}

/** Who passed, and how near each was to the agreed answers. No log holds it: it follows from the rest (`record-figures.ts`). */
export interface RecordFigures {
  /** The rules they were made by. Missing in records exported before they had a name, which the first rules made. */
  readonly rules?: string;
  /** What alignment was weighted by, beside the scorecard's own weights. */
  readonly sectionWeights: SectionWeights;
  /** Scored questions on which an answer was agreed or given by all alike, and scored questions there are. */
  readonly agreed: number;
  readonly of: number;
  /** In the board's order. `passed`: `null` without a total or a pass mark. */
  readonly people: readonly (PersonAlignment & { readonly passed: boolean | null })[];
  /** Questions with an agreed answer, and how far from it each answer of the sealed scoring was. */
  readonly questions: readonly {
    readonly questionId: string;
    readonly answers: readonly ({ readonly participantId: string } & FromAgreed)[];
  }[];
}

/** What a record says, whichever way it is proved. */
export interface RecordContent {
  readonly sessionId: string;
  readonly status: 'resolved' | 'closed';
  readonly organisation: string;
  readonly facilitator: string;
  readonly settings: Settings;
  readonly scope: Scope & { readonly client: string | null; readonly lob: string | null };
  readonly scorecard: Scorecard;
  readonly scorecardVersion: number;
  readonly people: readonly RecordPerson[];
  /** In scorecard order. */
  readonly questions: readonly RecordQuestion[];
  readonly board: Board;
  readonly instants: {
    readonly createdAt: string;
    readonly scoringAt: string | null;
    readonly reviewAt: string | null;
    readonly resolvedAt: string | null;
    readonly closedAt: string | null;
  };
  /** People are letters and their ids stand-ins: names are hidden from this reader until the session is closed. */
  readonly namesHidden: boolean;
  /** Who did what when, in order; `hash` of each entry in hexadecimal. In /2 with texts and names by their hashes. */
  readonly log: readonly (AuditEntry & { readonly hash: string })[];
  /** The last entry's hash, hexadecimal: the head of the chain. */
  readonly auditHead: string;
  /** What follows from the rest; no log holds it. Missing in records exported before it was there. */
  readonly figures?: RecordFigures;
}

/**
 * A record as it is read and exported. /1: its log holds the answers, and no more. /2: its log holds all of it; `held` has the
 * values behind the log's hashes, as far as they are not erased and this reader may see them.
 */
export type CalibrationRecord = RecordContent &
  (
    | { readonly format: 'attune-record/1' }
    | { readonly format: 'attune-record/2'; readonly held: readonly HeldValue[] }
  );

export interface RecordRows extends Omit<RecordContent, 'questions' | 'scope' | 'namesHidden' | 'figures'> {
  readonly client: string | null;
  readonly lob: string | null;
  readonly answers: readonly (RecordAnswer & { readonly questionId: string })[];
  readonly outcomes: ReadonlyMap<string, RecordOutcome>;
  readonly revotes: readonly (RecordRevote & { readonly questionId: string })[];
}

const noOutcome: RecordOutcome = { agreed: null, cause: null, note: null };

/**
 * The record of a session that is proved by version 1, out of rows in any order: people as on the board, then those without a place on it by id; questions in the
 * scorecard's order; answers in the people's; the log by its numbers.
 */
export function buildRecord(rows: RecordRows): CalibrationRecord {
  const { client, lob, answers, outcomes, revotes, ...rest } = rows;
  const onBoard = new Map(rows.board.participants.map(({ participantId }, index) => [participantId, index]));
  const place = (participantId: string) => onBoard.get(participantId) ?? onBoard.size;
  const inOrder = (one: { readonly participantId: string }, other: { readonly participantId: string }) =>
    place(one.participantId) - place(other.participantId) ||
    (one.participantId < other.participantId ? -1 : 1);
  return {
    format: 'attune-record/1',
    ...rest,
    namesHidden: false,
    people: [...rows.people].sort(inOrder),
    scope: { ...rows.settings.scope, client, lob },
    log: [...rows.log].sort((one, other) => one.sequence - other.sequence),
    questions: questionsOf(rows.scorecard).map(({ id }) => {
      const { agreed, cause, note } = outcomes.get(id) ?? noOutcome;
      return {
        questionId: id,
        agreed,
        cause,
        note,
        answers: answers
          .filter(({ questionId }) => questionId === id)
          .sort(inOrder)
          .map(({ participantId, answer, comment, evidence }) => ({
            participantId,
            answer,
            comment,
            evidence,
          })),
        revotes: revotes
          .filter(({ questionId }) => questionId === id)
          .sort((one, other) => one.round - other.round)
          .map(({ questionId: _, ...revote }) => ({ ...revote, votes: [...revote.votes].sort(inOrder) })),
      };
    }),
  };
}

/** The record's bytes as exported. */
export const recordToJson = (record: CalibrationRecord): string => canonicalJson(record);
