// A transcript as people paste it, one spoken line a line, and as the server keeps it.
import type { TranscriptLine } from '@attune/domain';

const longestLine = 4_000;
const longestSpeaker = 80;
const timed = /^\s*[[(]?(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?[\])]?\s*[-–—]?\s*/;
// A speaker is a short name before a colon; a colon later in the sentence is speech.
const spoken = /^([^:]{1,40}):\s+(.*)$/;

/** `01:12 Agent: Good morning` → speaker, second and text. Blank lines are left out; nothing is refused. */
export function parseTranscript(text: string): TranscriptLine[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const time = timed.exec(line);
    const rest = (time ? line.slice(time[0].length) : line).trim();
    if (rest === '') return [];
    const [, hours = '0', minutes = '0', seconds = '0'] = time ?? [];
    const second = time ? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) : null;
    const speech = spoken.exec(rest);
    const speaker = speech?.[1]?.trim().slice(0, longestSpeaker) ?? null;
    return [{ speaker, second, text: (speech?.[2] ?? rest).slice(0, longestLine) }];
  });
}

/** A second of the interaction as a clock: 72 → `1:12`. */
export function clockText(second: number): string {
  const minutes = Math.floor(second / 60);
  const rest = String(second % 60).padStart(2, '0');
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

/** The lines as they were, or could have been, pasted. */
export function writeTranscript(lines: readonly TranscriptLine[]): string {
  return lines
    .map(({ speaker, second, text }) =>
      [second === null ? '' : `${clockText(second)} `, speaker === null ? '' : `${speaker}: `, text].join(''),
    )
    .join('\n');
}
