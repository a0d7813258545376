// One person's answers in their sealed document, as a component may read and change them: the contract's layout, nothing
// beside it. Knows no network and no storage; a preview uses it over a document of its own.
import {
  answersKey,
  commentKey,
  evidenceKey,
  readAnswer,
  readEvidence,
  readSheet,
  textKey,
} from '@attune/contract';
import {
  type Answer,
  type Evidence,
  longestText,
  missing,
  progressOf,
  type Question,
  type Scorecard,
  type Sheet,
  type SheetProblem,
} from '@attune/domain';
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import { ArrayReader, MapReader, TextReader } from '../live/y.svelte.ts';

const isSame = (one: Evidence, other: Evidence) =>
  one.kind === 'line'
    ? other.kind === 'line' && one.line === other.line
    : other.kind === 'second' && one.second === other.second;

const placeOf = (evidence: Evidence) => (evidence.kind === 'line' ? evidence.line : evidence.second);

export class SealedSheet {
  readonly doc: Y.Doc;
  readonly scorecard: Scorecard;
  readonly transcriptLines: number;
  readonly #answers: MapReader<unknown>;
  readonly #texts = new Map<string, TextReader>();
  readonly #evidence = new Map<string, ArrayReader<unknown>>();
  readonly #anything: () => void;
  readonly #sheet = $derived.by(() => this.#read());
  readonly #progress = $derived.by(() => progressOf(this.scorecard, this.#sheet));
  readonly #problems = $derived.by(() => missing(this.scorecard, this.#sheet, this.transcriptLines));

  /** @param transcriptLines how many lines evidence may cite */
  constructor(doc: Y.Doc, scorecard: Scorecard, transcriptLines: number) {
    this.doc = doc;
    this.scorecard = scorecard;
    this.transcriptLines = transcriptLines;
    this.#answers = new MapReader(doc.getMap(answersKey));
    this.#anything = createSubscriber((update) => {
      const changed = () => update();
      doc.on('update', changed);
      return () => doc.off('update', changed);
    });
  }

  #read(): Sheet {
    this.#anything();
    return readSheet(this.doc, this.scorecard);
  }

  /** Everything, as the server will read it. */
  get sheet(): Sheet {
    return this.#sheet;
  }

  /** n of m answered. */
  get progress(): { answered: number; questions: number } {
    return this.#progress;
  }

  /** What keeps it from being submitted, in scorecard order. */
  get problems(): readonly SheetProblem[] {
    return this.#problems;
  }

  /** The answer as it stands; a narrative's words are in `text`. `null` while unanswered. */
  answer(question: Question): Answer | null {
    const stored = readAnswer(this.#answers.get(question.id));
    if (question.type !== 'text' || stored?.kind === 'na') return stored;
    const text = this.text(question.id);
    return text.trim() === '' ? null : { kind: 'text', text };
  }

  /** Answers, or takes the answer away with `null`. A narrative only takes N/A here: its words go through `write`. */
  give(question: Question, answer: Answer | null): void {
    const map = this.doc.getMap(answersKey);
    if (answer === null || answer.kind === 'text') map.delete(question.id);
    else map.set(question.id, answer);
  }

  text(questionId: string): string {
    return this.#reader(textKey(questionId)).value;
  }

  /** Changes a narrative by what was typed; a narrative that was N/A is so no longer. */
  write(questionId: string, text: string): void {
    this.doc.transact(() => {
      this.doc.getMap(answersKey).delete(questionId);
      this.#reader(textKey(questionId)).write(text.slice(0, longestText));
    });
  }

  comment(questionId: string): string {
    return this.#reader(commentKey(questionId)).value;
  }

  setComment(questionId: string, text: string): void {
    this.#reader(commentKey(questionId)).write(text.slice(0, longestText));
  }

  /** What the answer rests on: lines before seconds, each once, in the order they were said. */
  evidence(questionId: string): Evidence[] {
    const all = this.#arrayOf(questionId).items.flatMap((item) => readEvidence(item) ?? []);
    return all
      .filter((item, at) => all.findIndex((other) => isSame(item, other)) === at)
      .sort((one, other) => one.kind.localeCompare(other.kind) || placeOf(one) - placeOf(other));
  }

  /** Cites it, unless it is cited already. */
  cite(questionId: string, evidence: Evidence): void {
    if (this.evidence(questionId).some((other) => isSame(evidence, other))) return;
    this.doc.getArray(evidenceKey(questionId)).push([evidence]);
  }

  uncite(questionId: string, evidence: Evidence): void {
    const array = this.doc.getArray<unknown>(evidenceKey(questionId));
    this.doc.transact(() => {
      for (let at = array.length - 1; at >= 0; at--) {
        const item = readEvidence(array.get(at));
        if (item && isSame(item, evidence)) array.delete(at, 1);
      }
    });
  }

  #reader(key: string): TextReader {
    const known = this.#texts.get(key);
    if (known) return known;
    const reader = new TextReader(this.doc.getText(key));
    this.#texts.set(key, reader);
    return reader;
  }

  #arrayOf(questionId: string): ArrayReader<unknown> {
    const known = this.#evidence.get(questionId);
    if (known) return known;
    const reader = new ArrayReader(this.doc.getArray<unknown>(evidenceKey(questionId)));
    this.#evidence.set(questionId, reader);
    return reader;
  }
}
