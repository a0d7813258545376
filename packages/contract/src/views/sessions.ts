// Calibrations as they travel. What everyone of a session sees alike is `sessionShared`; it never depends on an answer
// before the reveal. What depends on the viewer is in the seat.
import { type CalibrationRecord, causes, mostQuestions, type SessionAction } from '@attune/domain';
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { says } from '../input-problem.ts';
import { storablePattern } from '../storable.ts';
import { agreedAnswerSchema, sheetSchema } from './answers.ts';
import { capped } from './capped.ts';
import {
  discussionView,
  lobbyEntryView,
  namesModeSchema,
  observerView,
  putOutView,
  revoteView,
} from './meeting.ts';
import { hindranceSchema, scopeSchema } from './people.ts';
import { scorecardSchema } from './scorecards.ts';
import { sessionStatusSchema } from './status.ts';
import { text, trimmedText } from './text.ts';
import { thresholdSchema } from './threshold.ts';
import { transcriptLine } from './transcript.ts';

export const causeSchema = z.enum(causes);

/** How a session's version of a scorecard stands by now: a new session takes the newest alone (S1). */
export const scorecardStandings = ['newest', 'superseded', 'archived'] as const;
export type ScorecardStanding = (typeof scorecardStandings)[number];

/** There was no year 0, and PostgreSQL knows none. */
const inOurEra = z.regex(/^(?!0000)/, says('date'));
const instant = z.iso.datetime({ error: says('instant') }).check(inOurEra);
const date = z.iso.date(says('date')).check(inOurEra);
/** A plain date is a day of the organisation's time zone. */
const dateOrInstant = z.union([date, instant], {
  error: 'must be a date such as 2026-03-01, or an instant in UTC',
});
const optionalText = (longest: number) => z._default(z.nullable(trimmedText(longest)), null);

export const transcriptSchema = z.array(capped(transcriptLine)).check(z.maxLength(5_000));

/** What a facilitator sets (C2). Creating and editing take the same body. */
export const sessionSettings = z.object({
  name: trimmedText(200, 'session-name-missing'),
  scorecardVersionId: idSchema,
  thresholdHundredths: z._default(thresholdSchema, 1_000),
  scope: z._default(scopeSchema, { kind: 'organisation' }),
  interactionReference: optionalText(200),
  interactionDate: z._default(z.nullable(date), null),
  recordingUrl: z._default(
    z.nullable(
      z
        .url({ protocol: /^https?$/, error: says('link') })
        .check(z.regex(storablePattern, says('link')), z.maxLength(2_000)),
    ),
    null,
  ),
  transcript: z._default(transcriptSchema, []),
  meetingAt: z._default(z.nullable(instant), null),
  dueAt: z._default(z.nullable(instant), null),
  questionIds: z._default(
    z.nullable(z.array(text(100)).check(z.minLength(1), z.maxLength(mostQuestions))),
    null,
  ),
  agentName: optionalText(120),
  agentNameHidden: z._default(z.boolean(), false),
});
export type SessionSettingsBody = z.infer<typeof sessionSettings>;
/** The same of a new one: without a threshold, it begins with the organisation's. */
export const newSession = z.extend(sessionSettings, { thresholdHundredths: z.optional(thresholdSchema) });

/** A participant as everyone sees one before review: not started, n of m answered, submitted, or excused. */
export const participantView = z.object({
  id: idSchema,
  memberId: idSchema,
  name: z.string(),
  /** Came by the join link, without an account. */
  guest: z.boolean(),
  /** Who let a guest in; `null` for members. Nobody has checked who a guest is. */
  admittedBy: z.nullable(z.string()),
  late: z.boolean(),
  state: z.enum(['scoring', 'submitted', 'excused']),
  /** Questions answered so far. A submitted sheet may have fewer than `questions`: optional ones may be blank. */
  answered: z.int(),
  questions: z.int(),
  submittedAt: z.nullable(z.string()),
  /** Why excused; `null` otherwise. */
  reason: z.nullable(z.string()),
});
export type ParticipantView = z.infer<typeof participantView>;

export const resolutionView = z.object({
  questionId: z.string(),
  agreed: z.nullable(agreedAnswerSchema),
  cause: z.nullable(causeSchema),
});
export type ResolutionView = z.infer<typeof resolutionView>;

/** What everyone of the session sees alike, kept true by numbered changes. */
export const sessionShared = z.object({
  id: idSchema,
  status: sessionStatusSchema,
  name: z.string(),
  thresholdHundredths: z.int(),
  scope: scopeSchema,
  facilitator: z.object({ memberId: idSchema, name: z.string() }),
  participants: z.array(participantView),
  /** From review on; empty before. */
  resolutions: z.array(resolutionView),
  flaggedQuestionIds: z.array(z.string()),
  /** `null` before the reveal. */
  discussion: z.nullable(discussionView),
  /** In the order in which they were opened; empty before the reveal. */
  revotes: z.array(revoteView),
  names: namesModeSchema,
  observers: z.array(observerView),
  /** Guests who wait to be admitted, the longest waiting first. */
  lobby: z.array(lobbyEntryView),
  putOut: z.array(putOutView),
  meetingAt: z.nullable(z.string()),
  dueAt: z.nullable(z.string()),
  /** Rises when settings, scorecard or transcript changed: fetch the session again. */
  detailRevision: z.int(),
  createdAt: z.string(),
  scoringAt: z.nullable(z.string()),
  reviewAt: z.nullable(z.string()),
  resolvedAt: z.nullable(z.string()),
  closedAt: z.nullable(z.string()),
  /** A draft that was deleted while others looked at it. */
  deleted: z.boolean(),
});
export type SessionShared = z.infer<typeof sessionShared>;

/**
 * What a change did to the shared session: top-level fields replaced whole; `changedParticipants` replaces those with the
 * same id, so that one person's progress costs the same in a meeting of two hundred.
 */
export const sessionSharedPatch = z.extend(z.partial(sessionShared), {
  changedParticipants: z.optional(z.array(participantView)),
});
export type SessionSharedPatch = z.infer<typeof sessionSharedPatch>;

export const sessionActions = [
  'session.read',
  'session.wait',
  'session.facilitate',
  'session.take-over',
  'sheet.write',
  'sheet.read',
  'sheet.submit',
  'place.restart',
  'device.allow',
  'board.read',
  'record.read',
  'notes.read',
  'notes.write',
  'revote.vote',
] as const satisfies readonly SessionAction[];

/** What this viewer may do now, and their own place in the session. */
export const seatView = z.object({
  may: z.array(z.enum(sessionActions)),
  participantId: z.nullable(idSchema),
});
export type SeatView = z.infer<typeof seatView>;

/** A session event as screens are told of it; the patch beside it carries the data. */
export const sessionEventView = z.object({
  type: z.enum([
    'created',
    'settings-edited',
    'version-moved',
    'participant-added',
    'participant-removed',
    'deleted',
    'scoring-started',
    'progress',
    'submitted',
    'taken-back',
    'excused',
    'readmitted',
    'revealed',
    'agreed',
    'resolved',
    'closed',
    'taken-over',
    'handed-over',
    'focused',
    'timer-changed',
    'swept',
    'sweep-undone',
    'speak-first-set',
    'names-set',
    'revote-opened',
    'voted',
    'revote-revealed',
    'revote-cancelled',
    'knocked',
    'admitted',
    'turned-away',
    'lobby-emptied',
    'guest-renamed',
    'observer-added',
    'put-out',
    'let-back-in',
    'place-entered',
    'place-disowned',
    'place-restarted',
  ]),
  /** The member who did it; `null` for the server itself. */
  byMemberId: z.nullable(idSchema),
  participantId: z.optional(idSchema),
  questionId: z.optional(z.string()),
});
export type SessionEventView = z.infer<typeof sessionEventView>;

/** One session in full, as `GET /api/sessions/{id}` answers. */
export const sessionView = z.object({
  /** The number of the last change this view includes. */
  number: z.int(),
  shared: sessionShared,
  seat: seatView,
  detail: z.object({
    settings: sessionSettings,
    /** The session's version of the scorecard, narrowed to its questions. */
    scorecard: scorecardSchema,
    /** Of the whole version, by which alignment counts its questions (C8c). */
    sectionWeights: z.array(z.object({ sectionId: z.string(), weightHundredths: z.int() })),
    scorecardId: idSchema,
    scorecardVersion: z.int(),
    scorecardStanding: z.enum(scorecardStandings),
    /** The version a draft was on before it moved to this one; `null` once its settings were changed since, or it never moved. */
    movedFrom: z.nullable(z.int()),
    /** Chosen questions that this version does not have, as they were last worded. */
    goneQuestions: z.array(z.object({ id: z.string(), prompt: z.string() })),
    clientName: z.nullable(z.string()),
    lobName: z.nullable(z.string()),
  }),
});
export type SessionView = z.infer<typeof sessionView>;

/**
 * What a command answers: the number of its change (the present one where it changed nothing) and what the caller may do then. What
 * it did is the change of that number, which comes over the session's room.
 */
export const sessionReply = z.object({ number: z.int(), seat: seatView });
export type SessionReply = z.infer<typeof sessionReply>;

/** The session as it stands, beside a refusal: whoever comes second is told where it is. */
export const sessionPresent = z.extend(sessionReply, {
  status: sessionStatusSchema,
  /** The question in focus; `null` for the overview, and before the reveal. */
  focusQuestionId: z.nullable(z.string()),
});
export type SessionPresent = z.infer<typeof sessionPresent>;

export const sessionCreated = z.object({ id: idSchema });

/** One row of the Calibrations list (C1). */
export const sessionSummary = z.object({
  id: idSchema,
  number: z.int(),
  name: z.string(),
  status: sessionStatusSchema,
  scorecardName: z.string(),
  scope: scopeSchema,
  clientName: z.nullable(z.string()),
  lobName: z.nullable(z.string()),
  facilitator: z.object({ memberId: idSchema, name: z.string() }),
  submitted: z.int(),
  participants: z.int(),
  /** `null` before the reveal. */
  flagged: z.nullable(z.int()),
  interactionReference: z.nullable(z.string()),
  meetingAt: z.nullable(z.string()),
  dueAt: z.nullable(z.string()),
  createdAt: z.string(),
  /** When the session reached its present status. */
  statusAt: z.string(),
  /** The reader's own place, `null` when they have none. */
  own: z.nullable(z.object({ participantId: idSchema, state: z.enum(['scoring', 'submitted', 'excused']) })),
});
export type SessionSummary = z.infer<typeof sessionSummary>;

export const sessionSorts = ['created', 'name', 'status', 'due'] as const;

/** Filters, order and page of the list, as query parameters. */
export const sessionListQuery = z.object({
  status: z.optional(z.string()),
  scorecardId: z.optional(idSchema),
  clientId: z.optional(idSchema),
  lobId: z.optional(idSchema),
  facilitatorId: z.optional(idSchema),
  text: z.optional(text(200)),
  from: z.optional(dateOrInstant),
  to: z.optional(dateOrInstant),
  /** `mine`: the reader scores in it or facilitates it. */
  mine: z.optional(z.enum(['true', 'false'])),
  sort: z._default(z.enum(sessionSorts), 'created'),
  order: z._default(z.enum(['asc', 'desc']), 'desc'),
  cursor: z.optional(z.string().check(z.maxLength(500))),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
});
export type SessionListQuery = z.infer<typeof sessionListQuery>;

export const sessionPage = z.object({
  sessions: z.array(sessionSummary),
  nextCursor: z.nullable(z.string()),
});

export const addParticipantBody = z.object({ memberId: idSchema });
/** The status the person saw when pressing: whoever comes second is told what happened. */
export const transitionBody = z.object({ from: z.enum(['draft', 'scoring', 'review', 'resolved']) });
export const excuseBody = z.object({
  reason: trimmedText(500, 'reason-missing'),
});
export const agreeBody = z.object({ agreed: z.nullable(agreedAnswerSchema), cause: z.nullable(causeSchema) });

/**
 * What the person saw when pressing Submit. The server compares it with what is stored and refuses with
 * `sheet-not-saved` when typing is still on its way; left out, whatever is stored is submitted.
 */
export const submissionBody = z.object({ sheet: z.optional(sheetSchema) });

/** The commitment fixed at submission (X1), hexadecimal, as it is published and in the log. */
export const submissionView = z.extend(sessionReply, {
  participantId: idSchema,
  submittedAt: z.string(),
  commitment: z.string(),
});

/** What binds each participant who has submitted, in the order of the submissions. Hexadecimal; salts come with the record. */
export const commitmentList = z.object({
  commitments: z.array(z.object({ participantId: idSchema, commitment: z.string() })),
});
export type CommitmentList = z.infer<typeof commitmentList>;

/**
 * Members to choose from, as participants or as the next facilitator: those who may, and the others with what keeps them from it.
 * Who is in, or facilitates already, is in neither.
 */
export const candidateList = z.object({
  candidates: z.array(z.object({ memberId: idSchema, name: z.string() })),
  others: z.array(z.object({ memberId: idSchema, name: z.string(), hindrance: hindranceSchema })),
});
export type CandidateList = z.infer<typeof candidateList>;

/** The permanent record as the domain builds it; its layout is `attune-record/2`, `/1` of a session made before that was there. */
export const recordView = z.object({
  record: z.custom<CalibrationRecord>((value) => typeof value === 'object' && value !== null),
});
