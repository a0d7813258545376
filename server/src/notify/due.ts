// The clock of notifications: looks once a minute for scoring that is due soon. A look that fails is made up for by the next.
import type { Logger } from '../ops/log.ts';
import { type NotifyDeps, tellDue } from './service.ts';

const everyMs = 60_000;

/** Starts the clock, with a first look at once. @returns what stops it, after the look under way */
export function watchDue(deps: NotifyDeps & { readonly log: Logger }): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve();
  const look = () => {
    looking = looking
      .then(() => tellDue(deps))
      .catch((error: unknown) => deps.log.warn({ error }, 'due dates could not be told'));
  };
  look();
  const timer = setInterval(look, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    return looking;
  };
}
