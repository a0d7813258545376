// Whether this tab goes where the meeting goes (C9). Everyone follows the facilitator's question by default; the facilitator
// leads by default. Looking elsewhere by hand leaves at once; nobody is ever pulled out of a field they type in.
import type { ApiProblem } from '../api.ts';

/** A question's id; `null` is the overview. */
export type Place = string | null;

/** What following needs of the meeting and of the page. */
export interface FollowPlace {
  /** Where the meeting is. */
  readonly focus: Place;
  /** Where this tab looks. */
  readonly shown: Place;
  /** One's own looking is what the others follow. */
  readonly mayLead: boolean;
  /** Brings the view there; never called while something is typed. */
  show(place: Place): void;
  /** Says that the meeting has moved on and this tab with it. */
  told(place: Place): void;
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
  readonly #place: FollowPlace;
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

  constructor(place: FollowPlace) {
    this.#place = place;
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
    const { focus } = this.#place;
    this.#heard = focus;
    const cameFor = address !== null && focus !== null && address !== focus;
    this.#isWith = this.#place.kept() ?? !cameFor;
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
    if (this.#place.mayLead) void this.#lead(place);
    else if (place !== this.#place.focus) this.leave();
  }

  leave(): void {
    this.#set(false);
  }

  /** Goes back to where the meeting is, and with it from here on. */
  return(): void {
    this.#set(true);
    const { focus, shown } = this.#place;
    if (focus !== shown) this.#bring(focus);
  }

  toggle(): void {
    if (this.#isWith && this.#isWaiting) this.return();
    else if (this.#isWith) this.leave();
    else this.return();
  }

  /** Brings everyone to where one is, and leads from there. */
  bringEveryone(): void {
    this.#set(true);
    void this.#lead(this.#place.shown);
  }

  /** A field was left. */
  typingMayBeOver(): void {
    if (!this.#isWaiting) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#isWaiting && this.#isWith && !this.#place.isTyping()) this.#catchUp();
    }, settleMs);
  }

  #set(isWith: boolean): void {
    this.#isWith = isWith;
    this.#isWaiting = false;
    this.#problem = null;
    this.#place.keep(isWith);
  }

  #catchUp(): void {
    const { focus, shown, mayLead } = this.#place;
    this.#isWaiting = false;
    if (focus === shown) return;
    if (this.#place.isTyping()) {
      this.#isWaiting = true;
      return;
    }
    this.#bring(focus);
    if (!mayLead) this.#place.told(focus);
  }

  #bring(place: Place): void {
    this.#byHand = false;
    this.#isWaiting = false;
    this.#place.show(place);
  }

  /** Sends one's way, one request at a time: what was passed over meanwhile is left out. */
  async #lead(place: Place): Promise<void> {
    if (!this.#isSending && place === this.#place.focus) return;
    this.#wanted = { place };
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#wanted) {
      const next: { readonly place: Place } = this.#wanted;
      this.#problem = await this.#place.lead(next.place);
      if (this.#problem || this.#wanted === next) this.#wanted = null;
    }
    this.#isSending = false;
    // Nobody came along: what this tab shows is its own business until the next try.
    if (this.#problem) this.#isWith = false;
    else if (this.#isWith) this.#catchUp();
  }
}
