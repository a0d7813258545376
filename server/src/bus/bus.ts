// Hints between services and hubs, after commit: where something changed, never what. Whoever hears one reads the rows.

export type BusEvent =
  | {
      readonly type: 'session-changed';
      readonly organisationId: string;
      readonly sessionId: string;
      readonly number: number;
    }
  /** Roles, access or activity of a member changed. */
  | { readonly type: 'member-changed'; readonly organisationId: string; readonly memberId: string }
  | { readonly type: 'sign-in-ended'; readonly signInId: string }
  /** There is work that is due now. */
  | { readonly type: 'job-added' }
  /** Something new, or newly read, in a member's inbox. */
  | { readonly type: 'notified'; readonly organisationId: string; readonly memberId: string };

export interface Bus {
  /** Never throws; a handler's failure is its own. */
  publish(event: BusEvent): void;
  /** @returns what ends the subscription */
  subscribe(handler: (event: BusEvent) => void): () => void;
}
