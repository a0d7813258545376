// Whether this tab goes where the meeting goes (C9). Everyone follows the facilitator's question by default; the facilitator
// leads by default. Looking elsewhere by hand leaves at once; nobody is ever pulled out of a field they type in.
import type { SessionShared } from '@attune/contract';
import type { ApiProblem } from '../../api.ts';
import type { InView, Place } from './in-view.svelte.ts';
import { discussionOf, type FacilitatedSession, mayFacilitate } from './meeting-session.ts';

interface FollowedSession extends FacilitatedSession {
  readonly shared: Pick<SessionShared, 'discussion' | 'status'>;
}

/** What following does to the page and to the meeting. */
export interface FollowActs {
  /** Brings the view there; never called while something is typed. */
  show(place: Place): void;
  /** Says that the meeting has moved on and this tab with it. */
  followed(place: Place): void;
  /** Moves everyone. @returns the problem, `null` when it was done */
  lead(place: Place): Promise<ApiProblem | null>;
  isTyping(): boolean;
  /** What was kept for this tab and session; `null` on the first visit. */
  kept(): boolean | null;
  keep(isWith: boolean): void;
}

/** After a field is left: long enough for the press that left it to land where it was meant. */
const settleMs = 500;

export class Follow {
  readonly #session: FollowedSession;
  readonly #view: Pick<InView, 'place'>;
  readonly #acts: FollowActs;
  #isWith = $state(true);
  #isWaiting = $state(false);
  #byHand = $state(true);
  #problem = $state.raw<ApiProblem | null>(null);
  /** Where the meeting was when last heard of. */
  #heard: Place | undefined;
  /** The way of one's own that the server has not confirmed. */
  #wanted: { readonly place: Place } | null = null;
  #isSending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: FollowedSession, view: Pick<InView, 'place'>, acts: FollowActs) {
    this.#session = session;
    this.#view = view;
    this.#acts = acts;
  }

  /** Where the meeting is. */
  get #focus(): Place {
    return discussionOf(this.#session).focusQuestionId;
  }

  /** Whether one's own looking is what the others follow. */
  get #leads(): boolean {
    return mayFacilitate(this.#session);
  }

  /** Follows, or leads; else one looks around. */
  get isWith(): boolean {
    return this.#isWith;
  }

  /** The meeting has moved on, and this tab waits until the typing is over. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Whether this tab looks where it does because of its own person. */
  get isByHand(): boolean {
    return this.#byHand;
  }

  /** Why everyone could not be moved; `null` once it works. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  /** Begins where the meeting is, unless the person came for a certain question. @param address the question asked for */
  begin(address: Place): void {
    const focus = this.#focus;
    this.#heard = focus;
    const cameFor = address !== null && focus !== null && address !== focus;
    this.#isWith = this.#acts.kept() ?? !cameFor;
    if (this.#isWith && focus !== null && focus !== address) this.#bring(focus);
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  /** The meeting is at this place now. */
  hear(focus: Place): void {
    if (this.#heard === focus) return;
    this.#heard = focus;
    if (!this.#isWith || this.#isSending) return;
    this.#catchUp();
  }

  /** The person looks there by hand: whoever leads takes everyone along, whoever follows stops following. */
  byHand(place: Place): void {
    this.#byHand = true;
    if (!this.#isWith) return;
    if (this.#leads) void this.#lead(place);
    else if (place !== this.#focus) this.leave();
  }

  leave(): void {
    this.#set(false);
  }

  /** Goes back to where the meeting is, and with it from here on. */
  return(): void {
    this.#set(true);
    const focus = this.#focus;
    if (focus !== this.#view.place) this.#bring(focus);
  }

  toggle(): void {
    if (this.#isWith && this.#isWaiting) this.return();
    else if (this.#isWith) this.leave();
    else this.return();
  }

  /** Brings everyone to where one is, and leads from there. */
  bringEveryone(): void {
    this.#set(true);
    void this.#lead(this.#view.place);
  }

  /** A field was left. */
  typingMayBeOver(): void {
    if (!this.#isWaiting) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#isWaiting && this.#isWith && !this.#acts.isTyping()) this.#catchUp();
    }, settleMs);
  }

  #set(isWith: boolean): void {
    this.#isWith = isWith;
    this.#isWaiting = false;
    this.#problem = null;
    this.#acts.keep(isWith);
  }

  #catchUp(): void {
    const focus = this.#focus;
    this.#isWaiting = false;
    if (focus === this.#view.place) return;
    if (this.#acts.isTyping()) {
      this.#isWaiting = true;
      return;
    }
    this.#bring(focus);
    if (!this.#leads) this.#acts.followed(focus);
  }

  #bring(place: Place): void {
    this.#byHand = false;
    this.#isWaiting = false;
    this.#acts.show(place);
  }

  /** Sends one's way, one request at a time: what was passed over meanwhile is left out. */
  async #lead(place: Place): Promise<void> {
    if (!this.#isSending && place === this.#focus) return;
    this.#wanted = { place };
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#wanted) {
      const next: { readonly place: Place } = this.#wanted;
      this.#problem = await this.#acts.lead(next.place);
      if (this.#problem || this.#wanted === next) this.#wanted = null;
    }
    this.#isSending = false;
    // Nobody came along: what this tab shows is its own business until the next try.
    if (this.#problem) this.#isWith = false;
    else if (this.#isWith) this.#catchUp();
  }
}
