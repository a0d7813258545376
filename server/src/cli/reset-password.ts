// `npm run reset-password -- EMAIL`: a one-time link that sets a new password, for an administrator who has none left to ask. Works
// beside a running server.
import { publicOrigin } from '../config.ts';
import { makeOperatorResetLink } from '../people/reset.service.ts';
import { atTerminal, besideServer, type Environment, type Output } from './terminal.ts';

const refusals = {
  'not-found': 'Nobody has this e-mail address.',
  'member-not-active': 'This person is deactivated: an administrator brings them back first.',
  'no-password': 'This account has no password: the demo’s people sign in by a click.',
} as const;

/** @returns the exit code: 0 with a link on `output`, else 1 or 2 with a sentence on `errors` */
export function main(
  [email, ...more]: readonly string[],
  environment: Environment,
  output: Output,
  errors: Output,
): Promise<number> {
  return atTerminal(environment, errors, async (config, log) => {
    if (!email || more.length > 0) {
      errors.write('Name the account: npm run reset-password -- EMAIL\n');
      return 2;
    }
    return besideServer(config, log, async ({ connection: { db }, now, newId }) => {
      const publicUrl = publicOrigin(config, config.port);
      const made = await makeOperatorResetLink({ db, log, now, newId, publicUrl }, email);
      if (typeof made === 'string') {
        errors.write(`${refusals[made]}\n`);
        return 1;
      }
      output.write(
        `Set a new password for ${email} at ${made.link}\nIt works once, until ${made.expiresAt}.\n`,
      );
      return 0;
    });
  });
}
