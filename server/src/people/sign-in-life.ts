// How long a sign-in lives: a week after it was last renewed by use, and never longer than thirty days, however much it is used.
const dayMs = 24 * 60 * 60 * 1_000;

/** After so many days without use it is over. */
export const idleDays = 7;
/** After so many days one proves again who one is. */
export const longestDays = 30;

/** When a sign-in ends as things stand. `expiresAt`: a week after it was last renewed. */
export function endOfSignIn({ createdAt, expiresAt }: { createdAt: Date; expiresAt: Date }): Date {
  return new Date(Math.min(expiresAt.getTime(), createdAt.getTime() + longestDays * dayMs));
}
