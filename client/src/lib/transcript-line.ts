// One spoken line of a transcript: what its parts look like in the texts that people and programs write.
import type { TranscriptLine } from '@attune/domain';

/** Longest line the server takes, in UTF-16 code units. */
export const longestLine = 4_000;
const longestSpeaker = 80;

/** `1:12`, `01:02:03`, `00:00:05.790`, `0:0:5,2`: groups are hours, minutes, seconds. */
export const clock = String.raw`(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,]\d{1,3})?`;

/** Seconds of what `clock` matched; `null` for what is no time, such as 10:75. */
export function secondOf([, hours, minutes = '', seconds = '']: RegExpExecArray): number | null {
  const isTime = Number(seconds) < 60 && (hours === undefined || Number(minutes) < 60);
  return isTime ? Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds) : null;
}

/** A label before a colon. A full-width colon, and one between letters that are written without blanks, needs no blank after it. */
const labelled =
  /^([^:：]{1,40})(?:：\s*|:(?:\s+|(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}])))(\S.*)?$/u;
/** Initials and titles have their dot: Mr. Roe, J. Doe. */
const sentenceMark = /[?!,;"“”。、？！，；]|\p{L}{4,}\./u;
const particle = /^(?:de|da|di|del|della|der|den|van|von|zu|la|le|el|al|bin|ibn|of|and|&)$/iu;
const startsSmall = /^\p{Ll}/u;

/** Whether it is written as a name is: one word, or words that begin with a capital or belong to a script without any. */
function isNameLike(label: string): boolean {
  if (!/\p{L}/u.test(label) || sentenceMark.test(label)) return false;
  const words = label
    .replace(/\([^)]*\)/gu, '')
    .split(/\s+/u)
    .filter((word) => word !== '');
  return words.length === 1 || words.every((word) => !startsSmall.test(word) || particle.test(word));
}

export interface Speech {
  readonly speaker: string | null;
  readonly text: string;
}

/** `Agent: Good morning` → speaker and words. @param known labels that stand before several lines, and so are speakers */
export function readSpeech(words: string, known: ReadonlySet<string> = new Set()): Speech {
  const [, label = '', said = ''] = labelled.exec(words) ?? [];
  const speaker = label.trim();
  if (speaker === '' || !(isNameLike(speaker) || known.has(speaker))) return { speaker: null, text: words };
  return { speaker: speaker.slice(0, longestSpeaker), text: said };
}

/** Labels that several of the lines begin with, whatever their letters: "customer service agent". */
export function repeatedLabels(lines: readonly string[]): ReadonlySet<string> {
  const labels = lines.flatMap((line) => {
    const label = labelled.exec(line)?.[1]?.trim() ?? '';
    return /\p{L}/u.test(label) && !sentenceMark.test(label) ? [label] : [];
  });
  return new Set(labels.filter((label, at) => labels.indexOf(label) !== at));
}

/** One line, or several where the words are too many for one; all of the words. */
export function linesOf(line: TranscriptLine): TranscriptLine[] {
  if (line.text.length <= longestLine) return [line];
  // A character takes at most two code units.
  const parts = line.text.match(
    new RegExp(`[^]{1,${longestLine / 2}}(?=\\s|$)|[^]{1,${longestLine / 2}}`, 'gu'),
  );
  return (parts ?? []).map((part, at) => ({
    ...line,
    second: at === 0 ? line.second : null,
    text: part.trim(),
  }));
}
