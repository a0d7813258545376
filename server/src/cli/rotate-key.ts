// `npm run rotate-key`: a new key for the server, while none runs. The new key is on the disk before anything lies under it, and the old
// one stays until everything does: whatever ends this in between, the next start finds the key that opens the database.
import { readNextServerKey } from '../config.ts';
import { type Rotated, rotateKey } from '../keys/rotate-key.ts';
import { chooseServerKey, findServerKeys, takeNextKey, writeNextKey } from '../keys/server-key.ts';
import { StartError } from '../start-error.ts';
import { atTerminal, type Environment, type Output, withoutServer } from './terminal.ts';

/** @returns the exit code: 0 when the new key holds, 1 with a sentence on `errors` when nothing was changed */
export function main(
  _: readonly string[],
  environment: Environment,
  output: Output,
  errors: Output,
): Promise<number> {
  return atTerminal(environment, errors, async (config, log) => {
    const given = readNextServerKey(environment);
    if ((config.serverKey === null) !== (given === null)) {
      throw new StartError(
        'SERVER_KEY and SERVER_KEY_NEXT belong together: set both (the new one made with "openssl rand -hex 32", and kept before you go on), or neither where the key is in the data folder.',
      );
    }
    const found = await findServerKeys(config);
    return withoutServer(config, log, async ({ connection: { db }, now, newId }) => {
      const old = await chooseServerKey(config, db, found);
      const next = given ?? (await writeNextKey(config));
      const rotated = await rotateKey({ db, log, now, newId }, old, next);
      if (!given) await takeNextKey(config);
      output.write(`${tell(rotated)}\n`);
      if (given) output.write('Start the server with SERVER_KEY set to what SERVER_KEY_NEXT was.\n');
      return 0;
    });
  });
}

const tell = ({ sessions, links }: Rotated) =>
  `The server has a new key: ${sessions} calibrations and ${links} links are under it, everyone is signed out, and links given out before work no longer. Keep the new key apart from the database’s backups, and the old one as long as a backup from before.`;
