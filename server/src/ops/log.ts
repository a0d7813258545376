// The log: JSON lines on standard error, so that standard output carries the address alone.
// No line may hold anything people wrote or answered, nor a cookie, a password or a link's secret.
import { destination, type Logger, pino } from 'pino';
import type { LogLevel } from '../config.ts';

export type { Logger } from 'pino';

const secrets = [
  'password',
  'token',
  'secret',
  'cookie',
  'authorization',
  'answer',
  'answers',
  'comment',
  'sheet',
  'note',
];

/** A logger for the process. `silent` writes nothing. @param to takes each line; standard error if left out */
export function createLog(level: LogLevel, to?: { write(line: string): void }): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      redact: { paths: [...secrets, ...secrets.map((name) => `*.${name}`)], censor: '[left out]' },
      serializers: { error: describeError, err: describeError },
    },
    to ?? destination({ dest: 2, sync: true }),
  );
}

/**
 * An error as logged: name, message, SQLSTATE and stack of it and its causes. A failed query's message would carry its
 * parameters, so only its cause is told; and of data of the wrong form PostgreSQL quotes what it was given, so only the code is.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const isQuery = 'query' in error && 'params' in error;
  const code = 'code' in error ? String(error.code) : undefined;
  const isQuoting = error.name === 'PostgresError' && code?.startsWith('22') === true;
  return {
    name: error.name,
    message: isQuery ? 'a query failed' : isQuoting ? 'data of the wrong form' : error.message,
    code,
    stack: isQuery || isQuoting ? undefined : error.stack,
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  };
}
