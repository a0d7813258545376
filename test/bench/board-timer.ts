// The process of `board.ts`: computes the board of a session six times; prints how long each took, in ms, one a line.
// `tsx board-timer.ts ROOT PEOPLE QUESTIONS`
import { pathToFileURL } from 'node:url';
import type { Sheet } from '@attune/domain';
import { answerOf, comment, isCommented, questionId, scorecardOfSize } from './content.ts';

const times = 6;
const [root = '', people = '', questions = ''] = process.argv.slice(2);

const sheetOf = (person: number): Sheet =>
  Object.fromEntries(
    Array.from({ length: Number(questions) }, (_, question) => [
      questionId(question),
      {
        answer: answerOf(person, question),
        comment: isCommented(question) ? comment : '',
        evidence: [],
      },
    ]),
  );

// A version's file is known by its path alone: TypeScript cannot look what is in it.
const { buildBoard }: Pick<typeof import('@attune/domain'), 'buildBoard'> = await import(
  pathToFileURL(`${root}/packages/domain/src/build-board.ts`).href
);
const input = {
  scorecard: scorecardOfSize(Number(questions)),
  thresholdHundredths: 2_000,
  participants: Array.from({ length: Number(people) }, (_, person) => ({
    id: `p${person}`,
    sheet: sheetOf(person),
  })),
};
for (let time = 0; time < times; time += 1) {
  const from = performance.now();
  buildBoard(input);
  process.stdout.write(`${performance.now() - from}\n`);
}
