// The frozen review board as it travels (C8), with the re-votes beside it. Read from review on by whoever may.
import type { Board, BoardQuestion } from '@attune/domain';
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { answerSchema, evidenceSchema } from './answers.ts';

const nullableNumber = z.nullable(z.number());
const boardScore = { score: nullableNumber, beforeCritical: nullableNumber };
const coefficient = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('value'),
    value: z.number(),
    units: z.int(),
    tooLittleData: z.boolean(),
    interval: z.nullable(z.object({ low: z.number(), high: z.number() })),
  }),
  z.object({ kind: z.literal('no-variation'), units: z.int() }),
  z.object({ kind: z.literal('no-pairs') }),
]);

const scoreSummary = { n: z.int(), spread: nullableNumber, mean: nullableNumber, median: nullableNumber };

/** One question of the board, or the numbers of a re-vote; the domain's `BoardQuestion`. */
export const boardQuestionSchema: z.ZodMiniType<BoardQuestion> = z.object({
  questionId: z.string(),
  sectionId: z.string(),
  answers: z.array(
    z.object({
      participantId: idSchema,
      answer: z.nullable(answerSchema),
      q: nullableNumber,
      comment: z.string(),
      evidence: z.array(evidenceSchema),
    }),
  ),
  n: z.int(),
  measure: z.nullable(z.enum(['spread', 'mode-share', 'jaccard'])),
  divergence: nullableNumber,
  flagged: z.boolean(),
  notComparable: z.nullable(z.enum(['one-score', 'all-na', 'no-answers', 'text'])),
  spread: nullableNumber,
  mean: nullableNumber,
  median: nullableNumber,
  standardDeviation: nullableNumber,
  meanPairwiseDifference: nullableNumber,
  distribution: z.array(
    z.object({ key: z.string(), answer: z.nullable(answerSchema), participantIds: z.array(idSchema) }),
  ),
  modeShare: nullableNumber,
  na: z.object({ count: z.int(), of: z.int(), mixed: z.boolean() }),
  criticalSplit: z.boolean(),
  sameScoreDifferentChoices: z.boolean(),
  group: z.enum(['flagged', 'na-mixed', 'rest']),
});

/** The frozen review board; the domain's `Board`. */
export const boardSchema: z.ZodMiniType<Board> = z.object({
  layout: z.literal(1),
  thresholdHundredths: z.int(),
  questions: z.array(boardQuestionSchema),
  order: z.array(z.string()),
  participants: z.array(
    z.object({
      participantId: idSchema,
      total: z.object(boardScore),
      sections: z.array(z.object({ sectionId: z.string(), ...boardScore })),
      n: z.int(),
      severity: nullableNumber,
      erraticness: nullableNumber,
      distance: nullableNumber,
    }),
  ),
  totals: z.object(scoreSummary),
  sectionTotals: z.array(z.object({ sectionId: z.string(), ...scoreSummary })),
  agreement: z.object({ comparable: z.int(), notFlagged: z.int() }),
  flaggedCount: z.int(),
  reliability: z.object({
    alphaInterval: coefficient,
    binaryAlphaNominal: coefficient,
    binaryGwetAc1: coefficient,
  }),
});

/**
 * The board with whose rows it shows. Where names are hidden for everybody, `participantId` of board, people and re-votes is a
 * stand-in that says nothing of who it is, in an order that says nothing either.
 */
export const boardView = z.object({
  board: boardSchema,
  /** In the order the board has them. `letter`: "A", "B", …, "Z", "AA"; `name` is `null` while hidden for everybody. */
  people: z.array(
    z.object({
      participantId: z.string(),
      letter: z.string(),
      name: z.nullable(z.string()),
      /** Came by the join link, without an account; never told of a letter. */
      guest: z.boolean(),
    }),
  ),
  /** Revealed re-votes, in the order in which they were opened; numbers as on the board. */
  revotes: z.array(
    z.object({ id: idSchema, questionId: z.string(), round: z.int(), numbers: boardQuestionSchema }),
  ),
  /** Which of the people the reader is, by `participantId`; `null` for whoever has no row. */
  own: z.nullable(z.string()),
});
export type BoardView = z.infer<typeof boardView>;
