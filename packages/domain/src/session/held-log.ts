// What the log of a session tells since proofs of version 2: all that a record says, so that a record can be told from its log
// again. What is small stands in the entry; texts, names and numbers stand in it by their hashes, the scorecard by its own.
import type { SectionWeights } from '../alignment.ts';
import type { Answer } from '../answer.ts';
import type { Board, BoardQuestion } from '../board.ts';
import { boardToHold, type Held, type HeldAnswer, questionToHold } from '../held.ts';
import type { SessionEvent } from './event.ts';
import { type LoggedEvent, toLogged } from './logged.ts';
import type { AgreedAnswer, Settings } from './state.ts';

/** Entries that no command's event makes: how a session began, and which devices opened a place. */
export type BesideEvent =
  | { readonly type: 'created'; readonly name: string }
  | { readonly type: 'device-allowed'; readonly participantId: string; readonly device: string }
  | {
      readonly type: 'place-entered';
      readonly participantId: string;
      /** Such as "Safari on iPhone". */
      readonly device: string;
      /** With a browser that the place did not know. */
      readonly further: boolean;
      /** Where somebody else had reset the account since the session was made, and this sign-in came after it. */
      readonly reset?: { readonly at: string; readonly by: string };
    }
  /** Its owner said of an entry that it was not them. */
  | {
      readonly type: 'place-disowned';
      readonly participantId: string;
      readonly device: string;
      readonly enteredAt: string;
      readonly afresh: boolean;
    };

/** Settings with their texts by hash; `null` where there is none. */
export type HeldSettings = Omit<Settings, HeldSetting> & {
  readonly [Name in HeldSetting]: Held | null;
};
type HeldSetting = 'name' | 'interactionReference' | 'recordingUrl' | 'transcript' | 'agentName';

export type HeldAgreed = HeldAnswer | Exclude<AgreedAnswer, Answer>;

/** What the start of scoring freezes. */
export interface Opening {
  readonly organisation: string;
  /** Names of the scope's client and line of business. */
  readonly client: string | null;
  readonly lob: string | null;
  readonly settings: Settings;
  /** SHA-256 of `scorecardInput`, hexadecimal: of the version, narrowed to the settings' questions. */
  readonly scorecard: string;
  readonly scorecardVersion: number;
  /** Of the version with all its questions, by which alignment weighs those of the session. Missing in logs begun before. */
  readonly sectionWeights?: SectionWeights;
}

/** What an entry has that the event says otherwise, or not at all. */
interface Replaced {
  readonly created: { readonly name: Held };
  readonly 'participant-added': { readonly name: Held };
  readonly 'scoring-started': Omit<Opening, 'organisation' | 'client' | 'lob' | 'settings'> & {
    readonly organisation: Held;
    readonly client: Held | null;
    readonly lob: Held | null;
    readonly settings: HeldSettings;
  };
  readonly excused: { readonly reason: Held };
  readonly 'place-restarted': { readonly resetBy: Held | null };
  readonly revealed: { readonly rules: string; readonly board: Held };
  readonly agreed: { readonly agreed: HeldAgreed | null };
  readonly swept: {
    readonly answers: readonly { readonly questionId: string; readonly agreed: HeldAnswer }[];
  };
  readonly resolved: { readonly notes: readonly { readonly questionId: string; readonly note: Held }[] };
  readonly 'revote-opened': { readonly round: number };
  /** `standIns`: participants whose first answers counted, for they had no vote (C13). */
  readonly 'revote-revealed': { readonly numbers: Held; readonly standIns: readonly string[] };
  readonly 'guest-renamed': { readonly from: Held; readonly to: Held };
  readonly 'put-out': { readonly name: Held; readonly reason: Held };
  readonly 'let-back-in': { readonly name: Held };
  readonly 'handed-over': { readonly name: Held };
  readonly 'taken-over': { readonly name: Held };
  readonly 'device-allowed': { readonly device: Held };
  readonly 'place-entered': {
    readonly device: Held;
    readonly reset?: { readonly at: string; readonly by: Held | null };
  };
  readonly 'place-disowned': { readonly device: Held };
}

type Told = Exclude<LoggedEvent, { readonly type: 'place-entered' }> | BesideEvent;
type HeldOf<E extends { readonly type: string }> = E extends { readonly type: infer T }
  ? T extends keyof Replaced
    ? Omit<E, keyof Replaced[T]> & Replaced[T]
    : E
  : never;

/** An entry's event as a log of version 2 has it. */
export type HeldEvent = HeldOf<Told>;

/** What is held: names once a person, so that one stroke erases them. */
export type HeldKind = 'name' | 'text' | 'numbers';

/** How entries are made: by whoever has random numbers and hash functions. */
export interface Holding {
  /** @param about the member whom it names, or who wrote it; `null` for nobody in particular */
  hold(value: unknown, kind: HeldKind, about: string | null): Held;
  nameOf(memberId: string): string;
  memberOf(participantId: string): string | null;
  /** Asked for by the start of scoring alone. */
  readonly opening: Opening | null;
}

/** The rules that boards are made by now (scoring.md). Whoever changes a number they give names new ones. */
export const boardRules = 'attune-board/2';

/** Those before them, which knew no tolerance of a question (E14). */
export const firstBoardRules = 'attune-board/1';

/** An event as a log of version 2 tells it. */
export function toHeld(event: SessionEvent | BesideEvent, holding: Holding): HeldEvent {
  const { nameOf, memberOf, opening } = holding;
  const nameHeld = (memberId: string, name = nameOf(memberId)) => holding.hold(name, 'name', memberId);
  const textHeld = (text: unknown, about: string | null = null) => holding.hold(text, 'text', about);
  const orNull = (text: string | null) => (text === null || text === '' ? null : textHeld(text));
  const numbersHeld = (numbers: Board | BoardQuestion) => holding.hold(numbers, 'numbers', null);
  const answerHeld = (answer: Answer): HeldAnswer =>
    answer.kind !== 'text' ? answer : { kind: 'text', text: answer.text === '' ? '' : textHeld(answer.text) };

  switch (event.type) {
    case 'created':
      return { ...event, name: textHeld(event.name) };
    case 'participant-added':
      return { ...event, name: nameHeld(event.memberId) };
    case 'scoring-started': {
      if (!opening) throw new Error('scoring that starts without what it freezes');
      const { organisation, client, lob, settings, ...rest } = opening;
      return {
        type: event.type,
        ...rest,
        organisation: textHeld(organisation),
        client: orNull(client),
        lob: orNull(lob),
        settings: {
          ...settings,
          name: textHeld(settings.name),
          interactionReference: orNull(settings.interactionReference),
          recordingUrl: orNull(settings.recordingUrl),
          transcript: settings.transcript.length === 0 ? null : textHeld(settings.transcript),
          agentName: orNull(settings.agentName),
        },
      };
    }
    case 'excused': {
      const { type, participantId, reason } = event;
      return { type, participantId, reason: textHeld(reason, memberOf(participantId)) };
    }
    case 'place-restarted':
      return { ...event, resetBy: orNull(event.resetBy) };
    case 'revealed': {
      const { type, commitments, board } = event;
      return { type, commitments, rules: boardRules, board: numbersHeld(boardToHold(board)) };
    }
    case 'agreed': {
      const { agreed } = event;
      return {
        ...event,
        agreed: agreed === null || agreed.kind === 'scorecard-needs-changing' ? agreed : answerHeld(agreed),
      };
    }
    case 'swept':
      return {
        type: event.type,
        questionIds: event.answers.map(({ questionId }) => questionId),
        answers: event.answers.map(({ questionId, agreed }) => ({ questionId, agreed: answerHeld(agreed) })),
      };
    case 'resolved':
      return {
        type: event.type,
        notes: event.notes.map(({ questionId, json, text }) => ({
          questionId,
          note: textHeld({ json, text }),
        })),
      };
    case 'revote-opened': {
      const { type, revoteId, questionId, round } = event;
      return { type, revoteId, questionId, round };
    }
    case 'revote-revealed': {
      const { type, revoteId, questionId, without, votes, numbers } = event;
      const voters = new Set(votes.map(({ participantId }) => participantId));
      return {
        type,
        revoteId,
        questionId,
        without,
        commitments: votes.map(({ participantId, commitment }) => ({ participantId, commitment })),
        numbers: numbersHeld(questionToHold(numbers)),
        standIns: numbers.answers.map(({ participantId }) => participantId).filter((id) => !voters.has(id)),
      };
    }
    case 'guest-renamed':
      return {
        ...event,
        from: nameHeld(event.memberId, event.from),
        to: nameHeld(event.memberId, event.to),
      };
    case 'put-out':
      return {
        ...event,
        name: nameHeld(event.memberId, event.name),
        reason: textHeld(event.reason, event.memberId),
      };
    case 'let-back-in':
      return { ...event, name: nameHeld(event.memberId, event.name) };
    case 'handed-over':
    case 'taken-over':
      return { ...event, name: nameHeld(event.to) };
    case 'device-allowed':
    case 'place-disowned':
      return { ...event, device: textHeld(event.device, memberOf(event.participantId)) };
    case 'place-entered': {
      const { reset, ...entered } = event;
      return {
        ...entered,
        device: textHeld(event.device, memberOf(event.participantId)),
        ...(reset && { reset: { at: reset.at, by: orNull(reset.by) } }),
      };
    }
    default:
      return toLogged(event);
  }
}
