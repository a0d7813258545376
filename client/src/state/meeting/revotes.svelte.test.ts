import type { BoardView, SeatView } from '@attune/contract';
import type { Answer } from '@attune/domain';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { board, people, view } from '../../../../test/support/review-fixture.ts';
import type { ApiProblem } from '../../api.ts';
import { Revotes } from './revotes.svelte.ts';

const [ana, ben] = people;
if (!ana || !ben) throw new Error('the fixture has people');
const pass: Answer = { kind: 'binary', pass: true };
const fail: Answer = { kind: 'binary', pass: false };
const lost = { slug: 'unreachable' } as ApiProblem;

const open = {
  id: view.shared.id,
  questionId: 'verification',
  round: 2,
  state: 'open',
  votedIds: [ben.id],
  openedAt: '2026-11-23T14:10:00.000Z',
  revealedAt: null,
} as const;

function fake(own: Answer | null = null, participantId: string | null = ana?.id ?? null) {
  const session = {
    shared: { ...view.shared, revotes: [{ ...open, votedIds: [...open.votedIds] }] },
    seat: { may: participantId === null ? [] : (['revote.vote'] as SeatView['may']), participantId },
  };
  const board = { value: { revotes: [] as BoardView['revotes'] } };
  const commands = {
    fetchOwn: vi.fn(async () => own),
    cast: vi.fn(async (_id: string, _answer: Answer, _key: string): Promise<ApiProblem | null> => null),
    open: vi.fn(async () => null),
    reveal: vi.fn(async () => null),
    callOff: vi.fn(async () => null),
  };
  return { commands, board, revotes: new Revotes(session, board, commands) };
}

beforeEach(() => {
  vi.useFakeTimers();
});

describe('a sealed vote', () => {
  it('[C13] is chosen, sealed, changed and sealed again', async () => {
    const { commands, revotes } = fake();
    await revotes.follow(open.id);
    expect(revotes.voteState).toBe('none');
    revotes.choose(pass);
    expect(revotes.voteState).toBe('chosen');
    const sent = revotes.vote();
    expect(revotes.voteState).toBe('sending');
    await sent;
    expect(revotes.voteState).toBe('sealed');
    revotes.choose(fail);
    expect(revotes.voteState).toBe('chosen');
    expect(revotes.hasSealed).toBe(true);
    await revotes.vote();
    expect(commands.cast).toHaveBeenLastCalledWith(open.id, fail, expect.any(String));
    expect(revotes.voteState).toBe('sealed');
  });

  it('[C13] is there again after a reload, from the server alone', async () => {
    const { revotes } = fake(fail);
    await revotes.follow(open.id);
    expect(revotes.chosen).toEqual(fail);
    expect(revotes.voteState).toBe('sealed');
  });

  it('[C13] is sent again by itself while the network is away', async () => {
    const { commands, revotes } = fake();
    await revotes.follow(open.id);
    commands.cast.mockResolvedValueOnce(lost).mockResolvedValueOnce(lost);
    revotes.choose(pass);
    await revotes.vote();
    expect(revotes.voteState).toBe('waiting');
    await vi.runAllTimersAsync();
    expect(commands.cast).toHaveBeenCalledTimes(3);
    expect(revotes.voteState).toBe('sealed');
  });

  it('[C13] is sent as it was pressed, whatever is chosen while the network is away', async () => {
    const { commands, revotes } = fake();
    await revotes.follow(open.id);
    commands.cast.mockResolvedValueOnce(lost);
    revotes.choose(pass);
    await revotes.vote();
    revotes.choose(fail);
    expect(revotes.voteState).toBe('chosen');
    await vi.runAllTimersAsync();
    const [[, , key] = []] = commands.cast.mock.calls;
    expect(commands.cast.mock.calls).toEqual([
      [open.id, pass, key],
      [open.id, pass, key],
    ]);
    expect(revotes.voteState).toBe('chosen');
    await revotes.vote();
    expect(commands.cast).toHaveBeenLastCalledWith(open.id, fail, expect.any(String));
    expect(revotes.voteState).toBe('sealed');
  });

  it('[C13] gives way to another that is pressed while the network is away', async () => {
    const { commands, revotes } = fake();
    await revotes.follow(open.id);
    commands.cast.mockResolvedValueOnce(lost);
    revotes.choose(pass);
    await revotes.vote();
    revotes.choose(fail);
    await revotes.vote();
    await vi.runAllTimersAsync();
    expect(commands.cast.mock.calls.map(([, answer]) => answer)).toEqual([pass, fail]);
    expect(new Set(commands.cast.mock.calls.map(([, , key]) => key)).size).toBe(2);
    expect(revotes.voteState).toBe('sealed');
  });

  it('[C13] is forgotten when the re-vote is over', async () => {
    const { revotes } = fake(pass);
    await revotes.follow(open.id);
    await revotes.follow(null);
    expect(revotes.chosen).toBeNull();
    expect(revotes.voteState).toBe('none');
  });

  it('[C13] is not asked of who only watches', async () => {
    const { commands, revotes } = fake(null, null);
    await revotes.follow(open.id);
    expect(revotes.isAsked).toBe(false);
    expect(commands.fetchOwn).not.toHaveBeenCalled();
  });
});

describe('a re-vote', () => {
  it('[C13] tells who has voted, never what', () => {
    const { revotes } = fake();
    expect(revotes.asked.filter(({ voted }) => voted).map(({ id }) => id)).toEqual([ben.id]);
    expect(JSON.stringify(revotes.asked)).not.toContain('pass');
  });

  it('[C13] stands each revealed round beside the one before it, the latest first', () => {
    const { board: revealed, revotes } = fake();
    const first = board.questions.find(({ questionId }) => questionId === 'verification');
    const other = board.questions.find(({ questionId }) => questionId === 'greeting');
    if (!first || !other) throw new Error('the fixture has these questions');
    revealed.value.revotes = [
      { id: 'two', questionId: 'verification', round: 2, numbers: other },
      { id: 'else', questionId: 'probing', round: 2, numbers: other },
      { id: 'three', questionId: 'verification', round: 3, numbers: first },
    ] as BoardView['revotes'];
    expect(revotes.rounds('verification', first)).toMatchObject([
      { id: 'three', before: other },
      { id: 'two', before: first },
    ]);
  });
});
