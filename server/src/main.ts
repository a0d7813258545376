// The process: reads the environment, starts one server, prints its address, and stops it on a signal.
// Standard output carries the address and what to know of it; problems and the log go to standard error.
import { ConfigError, readConfig } from './config.ts';
import { greeting } from './ops/greeting.ts';
import { createLog } from './ops/log.ts';
import { startServer } from './start.ts';
import { StartError } from './start-error.ts';

/** From the first signal to the end, whatever hangs. */
const longestStopMs = 19_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const starting = startServer({ config, log });
  let stopping = false;

  const stop = (exitCode: number) => {
    if (stopping) process.exit(exitCode || 130);
    stopping = true;
    setTimeout(() => {
      log.error('stopping took too long');
      process.exit(1);
    }, longestStopMs).unref();
    starting
      .then((server) => server.stop())
      .then(
        () => process.exit(exitCode),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', () => stop(0));
  process.on('SIGTERM', () => stop(0));
  process.on('SIGHUP', () => stop(0));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ error }, 'something unforeseen happened; the server stops');
      if (!stopping) stop(1);
    });
  }

  const server = await starting;
  if (stopping) return;
  process.stdout.write(greeting(server));
}

main().catch((error: unknown) => {
  const isForPeople = error instanceof ConfigError || error instanceof StartError;
  const told =
    error instanceof Error ? (isForPeople ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${told}\n`);
  process.exit(1);
});
