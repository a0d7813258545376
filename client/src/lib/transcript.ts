// A transcript as people paste it, and as the server keeps it. No word is lost, and none becomes a name or a time that it is not:
// what could be either stays speech.
import type { TranscriptLine } from '@attune/domain';
import { hasCues, parseCues } from './transcript-cues.ts';
import { clock, linesOf, readSpeech, repeatedLabels, secondOf } from './transcript-line.ts';
import { parseTurns } from './transcript-turns.ts';

const meridiem = String.raw`(?:\s?([AaPp])\.?[Mm]\b\.?)?`;
/** A time in brackets, or one with a dash or a tab behind it, is no speech. */
const marked = new RegExp(
  String.raw`^\s*(?:[[(]${clock}${meridiem}[\])]\s*[-–—]?|${clock}${meridiem}(?:\s*\t|\s+[-–—](?=\s)))\s*`,
  'u',
);
const bare = new RegExp(String.raw`^\s*${clock}${meridiem}(?=\s)\s*`, 'u');

interface Stamped {
  /** `null` for none. */
  readonly second: number | null;
  readonly isWallClock: boolean;
  readonly rest: string;
  /** Whether it is a time only if all lines begin with one: 10:30 works for me. */
  readonly isUnsure: boolean;
}

const unstamped = (line: string): Stamped => ({
  second: null,
  isWallClock: false,
  rest: line.trim(),
  isUnsure: false,
});

function stampOf(line: string, known: ReadonlySet<string>): Stamped {
  const found = marked.exec(line) ?? bare.exec(line);
  if (!found) return unstamped(line);
  // The groups of the alternative that matched: hours, minutes, seconds, half of the day.
  const [hours, minutes, seconds, half] =
    found[2] === undefined && found[6] ? found.slice(5) : found.slice(1);
  const time = new RegExp(`^${clock}$`).exec([hours, minutes, seconds].filter((part) => part).join(':'));
  const second = time && secondOf(time);
  if (second === null) return unstamped(line);
  const rest = line.slice(found[0].length).trim();
  const isSure = marked.test(line) || hours !== undefined || half !== undefined;
  return {
    second: half === undefined ? second : ofDay(second, half),
    isWallClock: half !== undefined,
    rest,
    isUnsure: !isSure && readSpeech(rest, known).speaker === null && !rest.includes('\t'),
  };
}

/** 12:05:00 AM is five minutes past midnight. */
const ofDay = (second: number, half: string): number =>
  (second % 43_200) + (half.toLowerCase() === 'p' ? 43_200 : 0);

/** Written by `writeTranscript` where the usual way would be read as something else: `1:12 | Agent | words`. */
const explicit = new RegExp(String.raw`^(?:${clock} )?\| ?((?:[^|\\]|\\.)*?) ?\| ?(.*)$`, 'su');
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', e: '' };
const unescaped = (text: string) => text.replace(/\\(.)/gsu, (_, mark: string) => escapes[mark] ?? mark);
const escaped = (text: string) =>
  text.replace(/[\\|]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r');

function readExplicit(line: string): TranscriptLine | null {
  const found = explicit.exec(line);
  if (!found) return null;
  const [, , minutes, , speaker = '', text = ''] = found;
  return {
    second: minutes === undefined ? null : secondOf(found),
    speaker: speaker === '' ? null : unescaped(speaker),
    text: unescaped(text),
  };
}

function parsePlain(lines: readonly string[]): TranscriptLine[] {
  const filled = lines.filter((line) => line.trim() !== '');
  const known = repeatedLabels(filled.map((line) => stampOf(line, new Set()).rest));
  const stamps = filled.map((line) => stampOf(line, known));
  const isTimed =
    stamps.length > 1 &&
    stamps.every(({ second }, at) => second !== null && second >= (stamps[at - 1]?.second ?? 0));
  const first = stamps.find(({ isWallClock }) => isWallClock)?.second ?? 0;
  return filled.flatMap((line, at) => {
    const written = readExplicit(line);
    if (written) return [written];
    const stamp = stamps[at] ?? unstamped(line);
    const { second, rest, isWallClock } = stamp.isUnsure && !isTimed ? unstamped(line) : stamp;
    // A time alone is an answer to when.
    if (rest === '') return [{ speaker: null, second: null, text: line.trim() }];
    const [speaker, ...cells] = second === null ? [] : rest.split('\t');
    const speech =
      cells.length === 1 && speaker ? { speaker, text: cells[0] ?? '' } : readSpeech(rest, known);
    return [{ second: isWallClock && second !== null ? second - first : second, ...speech }];
  });
}

/** `01:12 Agent: Good morning` → speaker, second and text; also what Zoom, Teams and subtitles write. Blank lines are left out. */
export function parseTranscript(text: string): TranscriptLine[] {
  const lines = text.split(/\r\n|\r|\n/);
  const parsed = hasCues(lines) ? parseCues(lines) : (parseTurns(lines) ?? parsePlain(lines));
  return parsed.flatMap(linesOf);
}

/** A second of the interaction as a clock: 72 → `1:12`. */
export function clockText(second: number): string {
  const minutes = Math.floor(second / 60);
  const rest = String(second % 60).padStart(2, '0');
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

/** As people write it. A time without a name is in brackets: without them it would be speech. */
const usual = ({ speaker, second, text }: TranscriptLine): string => {
  const time = second === null ? '' : speaker === null ? `[${clockText(second)}] ` : `${clockText(second)} `;
  return `${time}${speaker === null ? '' : `${speaker}: `}${text}`;
};

const unmistakable = ({ speaker, second, text }: TranscriptLine): string =>
  `${second === null ? '' : `${clockText(second)} `}| ${speaker === '' ? '\\e' : escaped(speaker ?? '')} | ${escaped(text)}`;

const same = (one: readonly TranscriptLine[], other: readonly TranscriptLine[]): boolean =>
  one.length === other.length &&
  one.every((line, at) => {
    const twin = other[at];
    return line.speaker === twin?.speaker && line.second === twin.second && line.text === twin.text;
  });

/** The lines as a text that `parseTranscript` reads back as exactly these. */
export function writeTranscript(lines: readonly TranscriptLine[]): string {
  for (const write of [usual, usualOrUnmistakable]) {
    const written = lines.map(write).join('\n');
    if (same(parseTranscript(written), lines)) return written;
  }
  return lines.map(unmistakable).join('\n');
}

const usualOrUnmistakable = (line: TranscriptLine): string =>
  same(parseTranscript(usual(line)), [line]) ? usual(line) : unmistakable(line);
