// A scorecard out of a file (S7, E10): the document, checked as the contract says, with where in it something is wrong.
import { type ImportProblem, scorecardDocument, scorecardOfDocument } from '@attune/contract';
import { problemOf } from './member-row.ts';
import type { Ready } from './read-messages.ts';

const mostErrors = 100;

export async function readDocument(texts: AsyncIterable<string>): Promise<Ready> {
  let text = '';
  for await (const piece of texts) text += piece;
  if (text.trim() === '') return { problem: problemOf('empty') };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: problemOf('not-json', { line: lineOf(text, error) }) };
  }
  const read = scorecardDocument.safeParse(value);
  if (!read.success) return { problem: faultsIn(read.error.issues) };
  return { scorecard: { content: scorecardOfDocument(read.data), scope: read.data.scope } };
}

/** The line a parser's message points at; the last where it speaks of the end. */
function lineOf(text: string, error: unknown): number {
  const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return text.slice(0, at === undefined ? text.length : Number(at)).split(/\r\n|\r|\n/).length;
}

function faultsIn(
  issues: readonly { readonly message: string; readonly path: readonly PropertyKey[] }[],
): ImportProblem {
  const errors = issues.slice(0, mostErrors).map(({ message, path }) => ({
    pointer: path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    code: /^[a-z-]+$/.test(message) ? message : 'invalid',
  }));
  return problemOf('not-a-scorecard', { errors });
}
