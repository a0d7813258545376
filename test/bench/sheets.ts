// The sealed sheets of everyone, open on sockets of their own, and how long each edit waits for its "Saved".
import { answersKey, commentKey, messageType } from '@attune/contract';
import { type OpenRoom, openRoom, until } from '../support/rooms.ts';
import { answerOf, comment, isCommented, questionId } from './content.ts';
import { onHeard } from './heard.ts';
import { openInGroups } from './in-groups.ts';
import type { Evaluator } from './scoring.ts';

const patienceMs = 60_000;

class Sheet {
  readonly #room: OpenRoom;
  readonly #person: number;
  /** Edits that are not stored yet: which message of the connection, and when it was sent. */
  #waiting: { readonly message: number; readonly at: number }[] = [];

  /** @param savedAfter told of each edit that is stored, with the ms it took */
  constructor(
    url: string,
    { participantId, cookie }: Evaluator,
    person: number,
    savedAfter: (ms: number) => void,
  ) {
    this.#person = person;
    this.#room = openRoom(url, `sealed/${participantId}`, cookie);
    onHeard(this.#room, messageType.saved, ({ count }) => {
      const now = performance.now();
      for (const { at } of this.#waiting.filter(({ message }) => message <= count)) savedAfter(now - at);
      this.#waiting = this.#waiting.filter(({ message }) => message > count);
    });
  }

  get isOpen(): boolean {
    return this.#room.provider.synced;
  }

  get isSaved(): boolean {
    return this.#room.sent > 0 && this.#room.stored === this.#room.sent;
  }

  answer(question: number): void {
    const at = performance.now();
    this.#room.doc.getMap(answersKey).set(questionId(question), answerOf(this.#person, question));
    this.#waiting.push({ message: this.#room.sent, at });
  }

  fillIn(questions: number): void {
    this.#room.doc.transact(() => {
      for (let question = 0; question < questions; question += 1) {
        this.answer(question);
        const text = this.#room.doc.getText(commentKey(questionId(question)));
        if (isCommented(question) && text.length === 0) text.insert(0, comment);
      }
    });
  }

  close(): void {
    this.#room.close();
  }
}

export class Sheets {
  #sheets: readonly Sheet[] = [];
  /** How long edits took to be stored, in ms, since it was emptied. */
  readonly savedMs: number[] = [];

  static async open(url: string, evaluators: readonly Evaluator[]): Promise<Sheets> {
    const sheets = new Sheets();
    sheets.#sheets = await openInGroups(
      evaluators,
      (evaluator, at) => new Sheet(url, evaluator, at, (ms) => sheets.savedMs.push(ms)),
      ({ isOpen }) => isOpen,
    );
    return sheets;
  }

  answer(person: number, question: number): void {
    this.#sheets[person]?.answer(question);
  }

  untilSaved(): Promise<void> {
    return until('all is saved', () => this.#sheets.every(({ isSaved }) => isSaved), patienceMs);
  }

  /** Answers what is left, a few sheets at a time. */
  async fillIn(questions: number): Promise<void> {
    for (const sheet of this.#sheets) {
      sheet.fillIn(questions);
      await until('the sheet is saved', () => sheet.isSaved, patienceMs);
    }
  }

  close(): void {
    for (const sheet of this.#sheets) sheet.close();
  }
}
