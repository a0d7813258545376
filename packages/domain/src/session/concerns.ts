// Whom or what a command or an event is about.

export type Nothing = Readonly<Record<never, never>>;
export interface OfQuestion {
  readonly questionId: string;
}
export interface OfParticipant {
  readonly participantId: string;
}
/** The member whom it concerns; in what people do for themselves, whoever does it. */
export interface OfMember {
  readonly memberId: string;
}
