// `npm run reset-password -- EMAIL`: a one-time link that sets a new password, for an administrator who has none left to ask. Works
// beside a running server.
import { type ProblemSlug, problemTypes } from '@attune/contract';
import { publicOrigin } from '../config.ts';
import { makeOperatorResetLink } from '../people/reset.service.ts';
import { atTerminal, besideServer, type Environment, type Output } from './terminal.ts';

const refusals: Partial<Record<ProblemSlug, string>> = {
  'not-found': 'Nobody has this e-mail address.',
  'member-not-active': 'This person is deactivated: an administrator brings them back first.',
  'no-password': 'This account has no password: the demo’s people sign in by a click.',
};

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
      if (made.kind !== 'done') {
        const slug = made.kind === 'refusal' ? made.refusal.code : made.slug;
        errors.write(`${refusals[slug] ?? problemTypes[slug].title}\n`);
        return 1;
      }
      const { link, expiresAt } = made.value;
      output.write(`Set a new password for ${email} at ${link}\nIt works once, until ${expiresAt}.\n`);
      return 0;
    });
  });
}
