import type { TranscriptLine } from '@attune/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTranscript, writeTranscript } from './transcript.ts';

const line = (second: number | null, speaker: string | null, text: string): TranscriptLine => ({
  second,
  speaker,
  text,
});

describe('parseTranscript', () => {
  it('[C2] reads time, speaker and words, each where it is there', () => {
    expect(parseTranscript('00:05 Agent: Good morning.\n\n[1:02:03] Customer: Hi\nSilence\n')).toEqual([
      line(5, 'Agent', 'Good morning.'),
      line(3723, 'Customer', 'Hi'),
      line(null, null, 'Silence'),
    ]);
  });

  it('[C2] takes a colon far into a sentence, and one after a phrase, for speech', () => {
    for (const text of [
      'I told you twice already that what I want is this: my money back',
      'Order number is: 12345',
      'See https://example.org/a',
      '12: a dozen',
    ])
      expect(parseTranscript(text)).toEqual([line(null, null, text)]);
  });

  it('[C2] takes no word of what is said for a time', () => {
    expect(parseTranscript('Customer: When?\n10:30 works for me\n10:75\n9:15')).toEqual([
      line(null, 'Customer', 'When?'),
      line(null, null, '10:30 works for me'),
      line(null, null, '10:75'),
      line(null, null, '9:15'),
    ]);
  });

  it('[C2] takes times before all the lines for times', () => {
    expect(parseTranscript('0:05 Good morning\n0:09 Hello')).toEqual([
      line(5, null, 'Good morning'),
      line(9, null, 'Hello'),
    ]);
  });

  it('[C2] reads full-width colons, halves of the day, tabs, and a label in small letters that comes again', () => {
    expect(parseTranscript('客服：您好\n客户:你好')).toEqual([
      line(null, '客服', '您好'),
      line(null, '客户', '你好'),
    ]);
    expect(parseTranscript('11:59:58 AM Agent: Hi\n12:00:02 PM Customer: Hello')).toEqual([
      line(0, 'Agent', 'Hi'),
      line(4, 'Customer', 'Hello'),
    ]);
    expect(parseTranscript('0:05\tJane Roe\tHello')).toEqual([line(5, 'Jane Roe', 'Hello')]);
    expect(parseTranscript('service agent: Hi\nHello\nservice agent: Yes?')).toEqual([
      line(null, 'service agent', 'Hi'),
      line(null, null, 'Hello'),
      line(null, 'service agent', 'Yes?'),
    ]);
  });

  it('[C2] reads WebVTT: voices, names, notes, styles, cue names, tags and hours', () => {
    const vtt = `WEBVTT - a call

STYLE
::cue { color: red }

NOTE made by hand
--- not speech ---

1
00:00:05.790 --> 00:00:13.514 align:start
Agent One: Good <b>morning</b>,
how are you?

0190a000/12-0
01:00:14.000 --> 01:00:16.000
<v Jane Roe>I was charged twice &amp; more.</v>

00:20.000 --> 00:21.000
<v.loud Jane Roe>Twice!</v> <v Agent One>Sorry.</v>
`;
    expect(parseTranscript(vtt)).toEqual([
      line(5, 'Agent One', 'Good morning, how are you?'),
      line(3614, 'Jane Roe', 'I was charged twice & more.'),
      line(20, 'Jane Roe', 'Twice!'),
      line(null, 'Agent One', 'Sorry.'),
    ]);
  });

  it('[C2] reads SRT, blank lines or none', () => {
    const cues = [
      '1\n00:00:01,000 --> 00:00:03,200\nHello, how can I help?\n<i>Please</i> hold',
      '2\n00:01:02,400 --> 00:01:04,000\nJane: I lost 3 cards:\n4',
    ];
    for (const between of ['\n\n', '\n', '\r\n\r\n'])
      expect(parseTranscript(cues.join(between))).toEqual([
        line(1, null, 'Hello, how can I help? Please hold'),
        line(62, 'Jane', 'I lost 3 cards: 4'),
      ]);
  });

  it('[C2] reads what Teams and Zoom write', () => {
    const turns = [line(3, 'Jane Roe', 'Good morning.'), line(63, 'Agent One', 'Hello')];
    for (const text of [
      '0:0:3.0 --> 0:0:4.720\nJane Roe\nGood morning.\n0:1:3.0 --> 0:1:5.0\nAgent One\nHello',
      'Jane Roe   0:03\nGood morning.\n\nAgent One   1:03\nHello',
      'Jane Roe\n00:00:03\nGood morning.\nAgent One\n00:01:03\nHello',
    ])
      expect(parseTranscript(text)).toEqual(turns);
    expect(parseTranscript('[Jane Roe] 10:15:22\nGood morning.\n\n[Agent One] 10:16:22\nHello')).toEqual([
      line(0, 'Jane Roe', 'Good morning.'),
      line(60, 'Agent One', 'Hello'),
    ]);
  });

  it('[C2] splits a line that is too long for one, and keeps its words', () => {
    const text = 'word '.repeat(1_500).trim();
    const lines = parseTranscript(`0:05 Agent: ${text}`);
    expect(lines.map((one) => one.text).join(' ')).toBe(text);
    expect(lines.map(({ second, speaker }) => [second, speaker])).toEqual([
      [5, 'Agent'],
      ...lines.slice(1).map(() => [null, 'Agent']),
    ]);
  });
});

describe('writeTranscript', () => {
  it('[C2] writes as people do where that is read back', () => {
    const lines = [line(5, 'Agent', 'Good morning.'), line(3723, null, 'Hi'), line(null, null, 'Silence')];
    expect(writeTranscript(lines)).toBe('0:05 Agent: Good morning.\n[1:02:03] Hi\nSilence');
  });

  it('[C2] gives a line no speaker and no time that it did not have', () => {
    const lines = [line(null, null, 'Note: call back'), line(null, null, '12:30 is fine'), line(1, 'A', 'b')];
    expect(parseTranscript(writeTranscript(lines))).toEqual(lines);
    expect(writeTranscript(lines)).toBe('|  | Note: call back\n12:30 is fine\n0:01 A: b');
  });

  const piece = fc.constantFrom(
    ...[
      '10:30',
      '0:05',
      '[1:02]',
      ':',
      ': ',
      '：',
      '|',
      '\\',
      '\n',
      '\r',
      '\t',
      ' ',
      '-->',
      '1',
      'Note',
      'is',
    ],
    ...[
      'WEBVTT',
      '<v Jane>',
      '00:00:01.000 --> 00:00:02.000',
      'Jane Roe',
      '\u2028',
      '\u0085',
      'AM',
      '客服',
      '\\n',
      '-',
      '&amp;',
      '.',
    ],
  );
  const words = fc
    .oneof(
      fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('')),
      fc.string({ unit: 'grapheme' }),
    )
    .map((text) => text.slice(0, 80));
  const anyLine = fc.record({
    second: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
    speaker: fc.option(words),
    text: words,
  });

  it('[C2] is read back as the same lines, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 6 }), (lines) => {
        expect(parseTranscript(writeTranscript(lines))).toEqual(lines);
      }),
      { numRuns: 1_000 },
    );
  });
});
