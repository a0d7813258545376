// Transcripts as subtitles: WebVTT (Zoom, Teams), SRT, and the timed blocks that Teams once wrote into documents. A cue is a line
// of two times with an arrow, and what stands below it.
import type { TranscriptLine } from '@attune/domain';
import { clock, readSpeech, repeatedLabels, secondOf } from './transcript-line.ts';

const timing = new RegExp(String.raw`^\s*${clock}\s*-->\s*\d[\d:.,]*(?:\s.*)?$`, 'u');
const isNumber = /^\s*\d+\s*$/;
const tag = /<\/?(?:[cibuv]|ruby|rt|lang|font)(?:[.\s][^>]*)?>|<[\d:.]+>|\{\\an\d\}/gi;
const voice = /<v(?:\.[^\s>]*)?\s+([^>]+)>/gi;
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': ' ',
  '&lrm;': '\u200e',
  '&rlm;': '\u200f',
};

export const hasCues = (lines: readonly string[]): boolean => lines.some((line) => timing.test(line));

const plain = (text: string): string =>
  text
    .replace(tag, '')
    .replace(/&(?:amp|lt|gt|nbsp|lrm|rlm);/g, (entity) => entities[entity] ?? entity)
    .trim();

interface Cue {
  readonly second: number | null;
  /** Every voice that speaks in it, `null` where none is named, with their words. */
  readonly parts: readonly { readonly speaker: string | null; readonly text: string }[];
}

/** What each of the voices says; words before the first of them belong to nobody named. */
function partsOf(payload: string): Cue['parts'] {
  const [before = '', ...rest] = payload.split(voice);
  const spoken = rest.flatMap((name, at) =>
    at % 2 === 0 ? [{ speaker: plain(name) || null, text: plain(rest[at + 1] ?? '') }] : [],
  );
  return [{ speaker: null, text: plain(before) }, ...spoken].filter(({ text }) => text !== '');
}

/** Spoken lines of a text that `hasCues`. Headers, notes, styles, numbers and names of cues are no speech. */
export function parseCues(lines: readonly string[]): TranscriptLine[] {
  const isVtt = /^\uFEFF?WEBVTT/.test(lines.find((line) => line.trim() !== '') ?? '');
  const starts = lines.flatMap((line, at) => (timing.test(line) ? [at] : []));
  const cues = starts.map((start, index): Cue => {
    const below = lines.slice(start + 1, starts[index + 1] ?? lines.length);
    // Above the next times stands that cue's number, in WebVTT whatever follows a blank line.
    const end = isVtt ? below.findIndex((line) => line.trim() === '') : -1;
    const kept = end >= 0 ? below.slice(0, end) : withoutNumber(below, index + 1 < starts.length);
    const time = timing.exec(lines[start] ?? '');
    const said = kept.map((line) => line.trim()).filter((line) => line !== '');
    return { second: time && secondOf(time), parts: partsOf(said.join(isVtt ? ' ' : '\n')) };
  });
  const known = repeatedLabels(cues.flatMap(({ parts }) => parts.map(({ text }) => text)));
  return cues.flatMap(({ second, parts }) =>
    parts.map(({ speaker, text }, at) => {
      const timed = at === 0 ? second : null;
      return speaker === null
        ? { second: timed, ...readCue(text, known) }
        : { second: timed, speaker, text: text.replaceAll('\n', ' ') };
    }),
  );
}

function withoutNumber(below: readonly string[], hasNext: boolean): readonly string[] {
  const last = below.at(-1) ?? '';
  return hasNext && isNumber.test(last) ? below.slice(0, -1) : below;
}

/** In documents of Teams the name stands alone above the words. */
function readCue(text: string, known: ReadonlySet<string>) {
  const [first = '', ...rest] = text.split('\n');
  const speech = readSpeech(text.replaceAll('\n', ' '), known);
  const isName =
    rest.length > 0 && /^\p{Lu}[\p{L}\p{M}.'’-]*(?: \p{Lu}[\p{L}\p{M}.'’-]*){1,3}(?: \(.*\))?$/u.test(first);
  return speech.speaker === null && isName ? { speaker: first, text: rest.join(' ') } : speech;
}
