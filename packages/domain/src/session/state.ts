// What a calibration is (C3): its states as a union in which a field exists only where it means something. Types, and the few
// questions one asks of them; what changes them is in `evolve.ts` alone.
import type { Scope } from '../access.ts';
import type { Answer } from '../answer.ts';
import type { BoardQuestion } from '../board.ts';
import { questionsOf, type Scorecard } from '../scorecard.ts';
import type { TranscriptLine } from '../transcript.ts';
import { isRevealed, type SessionStatus } from './status.ts';

/** Fewest scoring participants a session needs, at the start and at the reveal (C4, C7). */
export const fewestParticipants = 2;

/** What the facilitator sets in draft (C2); frozen from scoring on. Dates are ISO 8601, times UTC. */
export interface Settings {
  readonly name: string;
  readonly scorecardVersionId: string;
  readonly thresholdHundredths: number;
  readonly scope: Scope;
  readonly interactionReference: string | null;
  readonly interactionDate: string | null;
  readonly recordingUrl: string | null;
  readonly transcript: readonly TranscriptLine[];
  readonly meetingAt: string | null;
  readonly dueAt: string | null;
  /** `null`: every question of the scorecard. */
  readonly questionIds: readonly string[] | null;
  readonly agentName: string | null;
  readonly agentNameHidden: boolean;
}

/** The settings as a session carries them: the transcript lies apart, and only how many lines it has is ever asked of a session. */
export type KeptSettings = Omit<Settings, 'transcript'> & { readonly transcriptLines: number };

export function keepSettings({ transcript, ...settings }: Settings): KeptSettings {
  return { ...settings, transcriptLines: transcript.length };
}

/** The chosen questions that the session's version does not have; they stay chosen until someone chooses again (S1). */
export function goneQuestions({ settings, scorecard }: Pick<Common, 'settings' | 'scorecard'>): string[] {
  const known = new Set(questionsOf(scorecard).map(({ id }) => id));
  return (settings.questionIds ?? []).filter((id) => !known.has(id));
}

export type ParticipantState =
  | { readonly state: 'scoring' }
  | { readonly state: 'submitted'; readonly submittedAt: string }
  | { readonly state: 'excused'; readonly reason: string; readonly excusedAt: string };

export type Participant = ParticipantState & {
  readonly id: string;
  readonly memberId: string;
  /** Added after scoring had started (C5). */
  readonly late: boolean;
};

/** A guest who gave a name and waits for the facilitator's yes. */
export interface LobbyEntry {
  readonly id: string;
  readonly memberId: string;
  readonly askedAt: string;
  /** Where they ask from, as a keyed hash of the address; `null` where that is not known. */
  readonly from: string | null;
}

/** Whose names the board shows (J3): everyone's; letters on the meeting screen alone; letters for everybody until closed. */
export const namesModes = ['shown', 'hidden-on-screen', 'hidden'] as const;
export type NamesMode = (typeof namesModes)[number];

/** What the group agreed a question should have been answered with (C10). */
export type AgreedAnswer = Answer | { readonly kind: 'scorecard-needs-changing' };

export const causes = ['wording', 'missed-evidence', 'policy-gap', 'na', 'severity', 'other'] as const;
/** Why the question diverged. */
export type Cause = (typeof causes)[number];

/** A question's outcome so far. `noted`: its resolution note is not blank. */
export interface Resolution {
  readonly questionId: string;
  readonly agreed: AgreedAnswer | null;
  readonly cause: Cause | null;
  readonly noted: boolean;
}

/** The shared timer of one question. A running one whose `endsAt` has passed is over. Durations in milliseconds. */
export type QuestionTimer = {
  readonly questionId: string;
  /** What it was set to, extensions included. */
  readonly durationMs: number;
} & (
  | { readonly state: 'running'; readonly endsAt: string }
  | { readonly state: 'paused'; readonly leftMs: number }
);

/** A sweep sets each of these as agreed. */
export interface SweptAnswer {
  readonly questionId: string;
  readonly agreed: Answer;
}

/** What can be undone: where the focus was before, or what a sweep agreed on. */
export type UndoStep =
  | { readonly kind: 'focus'; readonly questionId: string | null }
  | { readonly kind: 'sweep'; readonly answers: readonly SweptAnswer[] };

/** The meeting as the facilitator drives it (C9). */
export interface Discussion {
  /** The question everyone follows; `null` shows the overview. */
  readonly focusQuestionId: string | null;
  /** At most one of them runs; it belongs to the question in focus when it was started or resumed. */
  readonly timers: readonly QuestionTimer[];
  /** Whether a flagged question's card names who might speak first. */
  readonly speakFirst: boolean;
  /** The latest last. */
  readonly undo: readonly UndoStep[];
}

export const firstDiscussion: Discussion = {
  focusQuestionId: null,
  timers: [],
  speakFirst: true,
  undo: [],
};

/** One re-vote (C13). `round` counts from 2: the first round is the sealed scoring. */
export type Revote = {
  readonly id: string;
  readonly questionId: string;
  readonly round: number;
  readonly openedAt: string;
  /** Participants who have voted, in the order of their first vote. */
  readonly votedIds: readonly string[];
} & (
  | { readonly state: 'open' }
  | { readonly state: 'revealed'; readonly revealedAt: string; readonly numbers: BoardQuestion }
);

/** The one that is open now, `null` when none is. */
export const openRevote = <R extends Pick<Revote, 'state'>>(revotes: readonly R[]): R | null =>
  revotes.find(({ state }) => state === 'open') ?? null;

interface Common {
  readonly id: string;
  readonly facilitatorId: string;
  readonly settings: KeptSettings;
  /** The session's version, narrowed to its questions. */
  readonly scorecard: Scorecard;
  readonly participants: readonly Participant[];
  /** Members who watch without scoring, by id: they came by the link after the reveal. */
  readonly observers: readonly string[];
  /** Guests who wait to be admitted, the longest waiting first. */
  readonly lobby: readonly LobbyEntry[];
  /** Members who were put out, by id: no link lets them in again, and what they could read here is shut. */
  readonly putOut: readonly string[];
  readonly names: NamesMode;
}

export interface Revealed extends Common {
  readonly flaggedQuestionIds: readonly string[];
  readonly resolutions: readonly Resolution[];
  readonly discussion: Discussion;
  readonly revotes: readonly Revote[];
}

export type Session =
  | (Common & { readonly status: 'draft' })
  | (Common & { readonly status: 'scoring' })
  | (Revealed & { readonly status: 'review' })
  | (Revealed & { readonly status: 'resolved' })
  | (Revealed & { readonly status: 'closed' });

export type InReview = Extract<Session, { status: 'review' }>;

/** The same of a session: then it has what only the reveal brings. */
export const isRevealedSession = (session: Session): session is Extract<Session, Revealed> =>
  isRevealed(session.status);

/** What everyone of a session sees of it, as far as the rules ask: screens say with it why a button is off. */
export interface PublicSession {
  readonly status: SessionStatus;
  readonly participants: readonly Pick<Participant, 'id' | 'memberId' | 'state'>[];
  /** None before the reveal. */
  readonly revotes?: readonly Pick<Revote, 'questionId' | 'state'>[];
}
