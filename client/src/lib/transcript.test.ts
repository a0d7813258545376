import { describe, expect, it } from 'vitest';
import { parseTranscript, writeTranscript } from './transcript.ts';

describe('parseTranscript', () => {
  it('[C2] reads time, speaker and words, each where it is there', () => {
    expect(parseTranscript('00:05 Agent: Good morning.\n\n[1:02:03] Customer: Hi\nSilence\n')).toEqual([
      { second: 5, speaker: 'Agent', text: 'Good morning.' },
      { second: 3723, speaker: 'Customer', text: 'Hi' },
      { second: null, speaker: null, text: 'Silence' },
    ]);
  });

  it('[C2] takes a colon far into a sentence for speech, not for a speaker', () => {
    const text = 'I told you twice already that what I want is this: my money back';
    expect(parseTranscript(text)).toEqual([{ second: null, speaker: null, text }]);
  });

  it('[C2] gives back what it read', () => {
    const lines = parseTranscript('0:05 Agent: Good morning.\n1:02:03 Customer: Hi');
    expect(parseTranscript(writeTranscript(lines))).toEqual(lines);
  });
});
