// What comes of asking a service: what was asked for, or one of the ways to fail, told apart by kind. There is no other way to fail
// between service and route; HTTP makes problems of them in `http/failure.ts`.
import type { InputCode, ProblemSlug } from '@attune/contract';
import type { PublishProblem, Refusal } from '@attune/domain';

export interface Done<T> {
  readonly kind: 'done';
  readonly value: T;
}

/** One piece of bad input. */
export interface InputFault {
  /** A JSON pointer into the body, or `?name`. */
  readonly pointer: string;
  readonly code: InputCode | PublishProblem['code'];
  /** How many are taken, where there are too many. */
  readonly most?: number;
  /** What a library said of it; else the code's own words are answered. */
  readonly detail?: string;
}

export type Failure =
  /** The asker may not; or there is nothing that they may know of, which is answered alike where that is a secret. */
  | {
      readonly kind: 'denial';
      readonly slug: 'not-found' | 'not-allowed' | 'link-not-valid';
      /** Why, where they may know it. */
      readonly detail?: string;
    }
  /** The domain says no, with the data that lets one mend it. @see problem.ts for `present` */
  | { readonly kind: 'refusal'; readonly refusal: Refusal; readonly present?: unknown }
  /** It cannot be as things stand, and the slug says all of why. */
  | {
      readonly kind: 'conflict';
      readonly slug: Extract<
        ProblemSlug,
        | 'draft-changed'
        | 'email-taken'
        | 'last-admin'
        | 'member-not-active'
        | 'no-draft'
        | 'no-password'
        | 'scorecard-archived'
        | 'stale'
      >;
      /** How it is instead. @see problem.ts */
      readonly present?: unknown;
    }
  /** The input is bad, each piece named. */
  | {
      readonly kind: 'bad-input';
      readonly slug: Extract<ProblemSlug, 'invalid-input' | 'scorecard-not-publishable'>;
      readonly errors: readonly InputFault[];
    };

export type Outcome<T> = Done<T> | Failure;

type Of<K extends Failure['kind']> = Extract<Failure, { kind: K }>;

export const done = <T>(value: T): Done<T> => ({ kind: 'done', value });

export const denied = (slug: Of<'denial'>['slug'], detail?: string): Of<'denial'> =>
  detail === undefined ? { kind: 'denial', slug } : { kind: 'denial', slug, detail };

export const refused = (refusal: Refusal, present?: unknown): Of<'refusal'> =>
  present === undefined ? { kind: 'refusal', refusal } : { kind: 'refusal', refusal, present };

export const conflict = (slug: Of<'conflict'>['slug'], present?: unknown): Of<'conflict'> =>
  present === undefined ? { kind: 'conflict', slug } : { kind: 'conflict', slug, present };

export const badInput = (pointer: string, code: InputCode): Of<'bad-input'> => ({
  kind: 'bad-input',
  slug: 'invalid-input',
  errors: [{ pointer, code }],
});

/** The same failure, or what `change` makes of what was done. */
export const mapDone = <T, U>(outcome: Outcome<T>, change: (value: T) => U): Outcome<U> =>
  outcome.kind === 'done' ? done(change(outcome.value)) : outcome;
