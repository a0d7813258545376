// A pressed reply as it goes out: compressed where the caller takes that.
import type { Context, TypedResponse } from 'hono';
import { gzipOf, type PressedJson, plainOf } from '../pressed.ts';

/** Answers 200 with it, compressed where the caller takes that. */
export async function sendPressed<T>(
  c: Context,
  { start, end }: PressedJson<T>,
): Promise<Response & TypedResponse<T, 200, 'json'>> {
  const isGzip = takesGzip(c.req.header('accept-encoding') ?? '');
  c.header('Content-Type', 'application/json');
  c.header('Vary', 'Accept-Encoding');
  if (isGzip) c.header('Content-Encoding', 'gzip');
  const reply: Response = c.body(isGzip ? gzipOf(start, end) : await plainOf(start, end), 200);
  // Hono types a reply by how it was made, and this one was made as bytes.
  return reply as Response & TypedResponse<T, 200, 'json'>;
}

/** A weight of 0 means "not that one" (RFC 9110, 12.5.3). */
function takesGzip(accepted: string): boolean {
  const weights = accepted.split(',').map((part) => {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { name, isTaken: weight === undefined || Number(weight) > 0 };
  });
  const named = weights.find(({ name }) => name === 'gzip') ?? weights.find(({ name }) => name === '*');
  return named?.isTaken ?? false;
}
