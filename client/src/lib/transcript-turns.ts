// Transcripts in which name and time stand above the words: Teams and Otter (`Jane Roe  0:03`), Zoom (`[Jane Roe] 10:15:22`, or the
// name, the time and the words on a line each), and times alone.
import type { TranscriptLine } from '@attune/domain';
import { clock, secondOf } from './transcript-line.ts';

const name = String.raw`\S[^:：\t]{0,78}?`;
const bracketed = new RegExp(String.raw`^\[(${name})\]\s+${clock}$`, 'u');
/** Two blanks at least: "See you at 10:30" is speech. */
const spaced = new RegExp(String.raw`^(${name})(?:\s{2,}|\t|\u00a0)\s*${clock}$`, 'u');
const alone = new RegExp(`^()${clock}$`, 'u');

interface Heading {
  readonly speaker: string | null;
  readonly second: number;
  /** The time of day, not of the recording. */
  readonly isWallClock: boolean;
  /** Lines it takes. */
  readonly size: 1 | 2;
}

function headingAt(lines: readonly string[], at: number): Heading | null {
  const [line = '', next = ''] = [lines[at]?.trim(), lines[at + 1]?.trim()];
  for (const [shape, text, size] of [
    [bracketed, line, 1],
    [spaced, line, 1],
    [alone, line, 1],
    [alone, next, 2],
  ] as const) {
    const [whole, speaker, ...time] = shape.exec(text) ?? [];
    const second = whole === undefined ? null : readTime(time);
    const above = size === 2 ? line : (speaker ?? '');
    if (second === null || (size === 2 && !isNameAlone(line))) continue;
    return { speaker: above || null, second, isWallClock: shape === bracketed, size };
  }
  return null;
}

function readTime(groups: readonly (string | undefined)[]): number | null {
  const time = new RegExp(`^${clock}$`).exec(groups.filter((group) => group !== undefined).join(':'));
  return time && secondOf(time);
}

const isNameAlone = (line: string): boolean => /^\p{L}[^:：.?!,;]{0,40}$/u.test(line);

/** The spoken lines, or `null` for a text that is not written like this: it begins with a heading, and has another. */
export function parseTurns(text: readonly string[]): TranscriptLine[] | null {
  const lines = text.filter((line) => line.trim() !== '');
  if (headingAt(lines, 0) === null) return null;
  const turns: { readonly heading: Heading; readonly said: string[] }[] = [];
  for (let at = 0; at < lines.length; ) {
    const heading = headingAt(lines, at);
    if (heading) turns.push({ heading, said: [] });
    else turns.at(-1)?.said.push(lines[at]?.trim() ?? '');
    at += heading?.size ?? 1;
  }
  // A heading without words is none: an answer may be a time.
  if (turns.length < 2 || turns.some(({ said }) => said.length === 0)) return null;
  const start = turns[0]?.heading.isWallClock ? turns[0].heading.second : 0;
  return turns.flatMap(({ heading: { speaker, second }, said }) =>
    said.map((words, at) => ({
      speaker,
      second: at === 0 && second >= start ? second - start : null,
      text: words,
    })),
  );
}
