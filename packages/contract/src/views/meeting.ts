// What a meeting adds to a session as everyone sees it: the discussion, re-votes, the lobby, who watches; and the bodies of the
// commands that drive it. Nothing here depends on a vote before its reveal.
import { longestTimerMs, namesModes, shortestTimerMs } from '@attune/domain';
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { says } from '../input-problem.ts';
import { answerSchema } from './answers.ts';
import { identifierText } from './text.ts';

const durationMs = z
  .int()
  .check(z.minimum(shortestTimerMs, says('duration')), z.maximum(longestTimerMs, says('duration')));

export const namesModeSchema = z.enum(namesModes);

/** The shared timer of one question; the domain's `QuestionTimer`. A running one whose `endsAt` has passed is over. */
export const timerView = z.discriminatedUnion('state', [
  z.object({
    questionId: z.string(),
    durationMs: z.int(),
    state: z.literal('running'),
    endsAt: z.string(),
  }),
  z.object({ questionId: z.string(), durationMs: z.int(), state: z.literal('paused'), leftMs: z.int() }),
]);

/** The meeting as the facilitator drives it. */
export const discussionView = z.object({
  /** The question everyone follows; `null` shows the overview. */
  focusQuestionId: z.nullable(z.string()),
  timers: z.array(timerView),
  speakFirst: z.boolean(),
  /** What Undo would undo now; `null` when nothing is left. `questionId`: where the focus would return to. */
  undo: z.nullable(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('focus'), questionId: z.nullable(z.string()) }),
      z.object({ kind: z.literal('sweep'), questionIds: z.array(z.string()) }),
    ]),
  ),
});
export type DiscussionView = z.infer<typeof discussionView>;

/** A re-vote as everyone sees it: who has voted, never how. Its numbers are the board's to tell, once revealed. */
export const revoteView = z.object({
  id: idSchema,
  questionId: z.string(),
  /** From 2: the first round is the sealed scoring. */
  round: z.int(),
  state: z.enum(['open', 'revealed']),
  /** Participant ids. */
  votedIds: z.array(idSchema),
  openedAt: z.string(),
  revealedAt: z.nullable(z.string()),
});
export type RevoteView = z.infer<typeof revoteView>;

/** A guest who waits to be admitted. */
export const lobbyEntryView = z.object({
  id: idSchema,
  memberId: idSchema,
  name: z.string(),
  askedAt: z.string(),
});
export type LobbyEntryView = z.infer<typeof lobbyEntryView>;

export const observerView = z.object({
  memberId: idSchema,
  name: z.string(),
  guest: z.boolean(),
  /** Who let a guest in; `null` for members. */
  admittedBy: z.nullable(z.string()),
});
export type ObserverView = z.infer<typeof observerView>;

/** Someone who was put out, for whoever may let them back in. */
export const putOutView = z.object({ memberId: idSchema, name: z.string(), guest: z.boolean() });
export type PutOutView = z.infer<typeof putOutView>;

export const focusBody = z.object({ questionId: z.nullable(identifierText) });

/** `start` sets and runs; `extend` adds to what is left. */
export const timerBody = z.object({
  questionId: identifierText,
  action: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('start'), durationMs }),
    z.object({ kind: z.literal('pause') }),
    z.object({ kind: z.literal('resume') }),
    z.object({ kind: z.literal('extend'), byMs: z.int().check(z.minimum(1_000), z.maximum(longestTimerMs)) }),
    z.object({ kind: z.literal('stop') }),
  ]),
});

/** The kind of step the person saw on the button: something else that came between is not undone by mistake. */
export const undoBody = z.object({ kind: z.enum(['focus', 'sweep']) });
export const speakFirstBody = z.object({ on: z.boolean() });
export const namesBody = z.object({ names: namesModeSchema });
export const handOverBody = z.object({ memberId: idSchema });

export const openRevoteBody = z.object({ questionId: identifierText });
export const voteBody = z.object({ answer: answerSchema });
/** `without`: the participants the facilitator saw missing and goes on without; not taken while names are hidden for everybody. */
export const revealRevoteBody = z.object({
  without: z._default(z.array(idSchema).check(z.maxLength(1_000)), []),
});
/** One's own vote in an open re-vote; `null` before the first. */
export const ownVote = z.object({ answer: z.nullable(answerSchema) });
