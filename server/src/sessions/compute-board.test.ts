import { type Board, type BoardInput, buildBoard, questionsOf, type Scorecard } from '@attune/domain';
import { describe, expect, it } from 'vitest';
import { NotNowError } from '../not-now.ts';
import { computeBoard } from './compute-board.ts';

/** A board of so many people and pass/fail questions, of whom every third fails. */
function inputOf(people: number, questions: number): BoardInput {
  const question = (index: number): Scorecard['sections'][number]['questions'][number] => ({
    id: `q${index}`,
    type: 'binary',
    prompt: 'Was it so?',
    guidance: '',
    weightHundredths: 100,
    required: true,
    naEligible: true,
    critical: 'none',
    comment: 'offered',
  });
  const list = Array.from({ length: questions }, (_, index) => question(index));
  return {
    scorecard: {
      name: 'Voice',
      description: '',
      passMarkHundredths: null,
      disputeWindowHours: 72,
      sections: [{ id: 's', title: 'Section', weightHundredths: 100, questions: list }],
    },
    thresholdHundredths: 1_000,
    participants: Array.from({ length: people }, (_, person) => ({
      id: `p${person}`,
      sheet: Object.fromEntries(
        list.map(({ id }, index) => [
          id,
          {
            answer: { kind: 'binary' as const, pass: (person + index) % 3 !== 0 },
            comment: 'É so.',
            evidence: [],
          },
        ]),
      ),
    })),
  };
}

const computed = (input: BoardInput) =>
  computeBoard(input.participants.length * questionsOf(input.scorecard).length, async () => input);

/** Threads started while the work was done. */
async function counting<T>(work: () => Promise<T>): Promise<{ threads: number; result: T }> {
  let threads = 0;
  const count = () => {
    threads += 1;
  };
  process.on('worker', count);
  try {
    return { result: await work(), threads };
  } finally {
    process.off('worker', count);
  }
}

describe('computing a board', () => {
  it('[live 3] gives the same numbers from a thread of its own as on the loop; a small board needs none', async () => {
    for (const [people, questions, threads] of [
      [20, 20, 0],
      [21, 20, 1],
    ] as const) {
      const input = inputOf(people, questions);
      const counted: { threads: number; result: Board } = await counting(() => computed(input));
      expect(counted).toEqual({ threads, result: buildBoard(input) });
    }
  });

  it('[live 3] leaves the loop to others meanwhile', async () => {
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
    });
    await computed(inputOf(100, 50));
    clearInterval(turning);
    expect(turns).toBeGreaterThan(1);
  });

  it('[live 3] says that it cannot be done just now where the thread ends without an answer', async () => {
    process.once('worker', (worker) => void worker.terminate());
    await expect(computed(inputOf(21, 20))).rejects.toThrow(NotNowError);
  });
});
