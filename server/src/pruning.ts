// What is kept for a while and then deleted, as jobs: each rule names its kind, how long, and the store that deletes.
import { deleteOldReplies } from './http/kept-reply.store.ts';
import { definePruning, type Kind } from './jobs/kind.ts';
import { deleteOldChanges } from './sessions/change.store.ts';

const dayMs = 24 * 60 * 60 * 1_000;

export const prunings: readonly Kind[] = [
  // For a hub that is behind; one further behind reads the session as a whole.
  definePruning('prune-changes', dayMs, deleteOldChanges),
  // For repeats of commands.
  definePruning('prune-replies', dayMs, deleteOldReplies),
];
