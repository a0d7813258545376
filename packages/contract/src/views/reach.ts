// How the server is reached, for pages that give its address away or promise that nobody reads along (J1).
import * as z from 'zod/mini';

/**
 * `this-machine`: the address leads to this machine from itself alone. `plain`: others open it over http, so that whoever shares a
 * network with them can read along. `encrypted`: over https.
 */
export const reachKind = z.enum(['this-machine', 'plain', 'encrypted']);

export const reachView = z.object({
  kind: reachKind,
  /** What lets others open it, where nobody else can. */
  mend: z.nullable(
    z.object({
      /** Starts the server so that others can open it. */
      command: z.string(),
      /** The machine's own addresses in its networks, as origins. */
      addresses: z.array(z.string()),
    }),
  ),
});
export type ReachView = z.infer<typeof reachView>;
