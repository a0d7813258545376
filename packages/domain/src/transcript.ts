// What was said in an interaction, as far as a scorecard or a session holds it.

/** A spoken line: seconds from the start of the interaction, where known. */
export interface TranscriptLine {
  readonly speaker: string | null;
  readonly second: number | null;
  readonly text: string;
}
