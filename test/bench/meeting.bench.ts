// What a meeting of many costs beside a bare relay, which knows no rights, checks nothing and stores nothing: how long a word
// takes to reach everyone, and the memory of the server. `npm run bench -- 200`; prints ratios, asserts none.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { messageType, noteKey } from '@attune/contract';
import * as Y from 'yjs';
import { startAppProcess, temporaryFolder } from '../support/app-process.ts';
import { demoSignIn } from '../support/demo.ts';
import { visitor } from '../support/people.ts';
import { type OpenRoom, openRoom, until } from '../support/rooms.ts';

const size = Number(process.argv[2] ?? 200);
const words = 60;
const moves = 20;
const patienceMs = 60_000;

/** Milliseconds each of a number of things took, smallest first. */
type Taken = readonly number[];

interface Measured {
  readonly words: Taken;
  /** Resident memory of the server's process with everyone in, after the last word, in MiB; the database's is not in it. */
  readonly residentMib: number;
}

async function measure(count: number, act: (turn: number) => Promise<unknown>): Promise<Taken> {
  const taken: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const from = performance.now();
    await act(turn);
    taken.push(performance.now() - from);
  }
  return taken.toSorted((one, other) => one - other);
}

/** Resident memory of a process, in MiB. */
async function residentMib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

const opened: OpenRoom[] = [];
function leave(): void {
  for (const room of opened.splice(0)) room.close();
}

/** Fills a room, and has its people type into one note in turn. */
async function meet(pid: number, question: string, open: () => OpenRoom) {
  while (opened.length < size) opened.push(open());
  const rooms = [...opened];
  await until('everyone is in', () => rooms.every(({ provider }) => provider.synced), patienceMs);
  const note = ({ doc }: OpenRoom) => doc.getXmlFragment(noteKey(question));
  const taken = await measure(words, async (turn) => {
    const writer = rooms[turn % size];
    if (!writer) throw new RangeError('a meeting needs people');
    note(writer).push([new Y.XmlElement('paragraph')]);
    const { length } = note(writer);
    await until('everyone has it', () => rooms.every((room) => note(room).length === length), patienceMs);
  });
  return { rooms, measured: { words: taken, residentMib: await residentMib(pid) } satisfies Measured };
}

async function ours(): Promise<Measured & { readonly moves: Taken }> {
  const folder = await temporaryFolder();
  const app = await startAppProcess({ dataDir: folder.path, from: 'bundle' });
  try {
    const lead = visitor(app.url, await demoSignIn(app.url, 'Ana'));
    const { sessions } = (await lead.get('/api/sessions?status=review&mine=true')).body as {
      sessions: { id: string }[];
    };
    const id = sessions[0]?.id ?? '';
    const view = (await lead.get(`/api/sessions/${id}`)).body as {
      detail: { scorecard: { sections: { questions: { id: string }[] }[] } };
    };
    const questions = view.detail.scorecard.sections.flatMap((section) =>
      section.questions.map((each) => each.id),
    );
    const { rooms, measured } = await meet(app.pid, questions[0] ?? '', () =>
      openRoom(app.url, `meeting/${id}`, lead.cookie),
    );
    const taken = await measure(moves, async (turn) => {
      const before = rooms.map((room) => room.heard(messageType.change).length);
      const questionId = questions[(turn + 1) % questions.length];
      const reply = lead.send('PUT', `/api/sessions/${id}/focus`, { questionId });
      const heard = (room: OpenRoom, at: number) => room.heard(messageType.change).length > (before[at] ?? 0);
      await until('everyone has heard', () => rooms.every(heard), patienceMs);
      await reply;
    });
    return { ...measured, moves: taken };
  } finally {
    leave();
    await app.stop();
    await folder.remove();
  }
}

async function relayed(): Promise<Measured> {
  const file = fileURLToPath(new URL('relay.bench.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [url] = await new Promise<string[]>((resolve) =>
      createInterface(child.stdout).once('line', (line) => resolve([line])),
    );
    const open = () => openRoom(url ?? '', 'room', '', { hello: false });
    return (await meet(child.pid ?? 0, 'question', open)).measured;
  } finally {
    leave();
    child.kill();
  }
}

const at = (taken: Taken, part: number) => taken[Math.floor((taken.length - 1) * part)] ?? Number.NaN;
const times = (one: number, other: number) => `${(one / other).toFixed(1)} times`.padStart(12);
const row = (what: string, ...cells: string[]) =>
  process.stdout.write(`${what.padEnd(44)}${cells.map((cell) => cell.padStart(12)).join('')}\n`);
const ms = (value: number) => `${value.toFixed(0)} ms`;

// The stock provider listens for the end of the process, once each.
process.setMaxListeners(2 * size + 20);
const [peer, attune] = [await relayed(), await ours()];
row(`${size} connections in one meeting`, 'Attune', 'bare relay', 'ratio');
for (const [what, part] of [
  ['a word reaches everyone (median)', 0.5],
  ['a word reaches everyone (90 %)', 0.9],
  ['a word reaches everyone (slowest)', 1],
] as const) {
  const [mine, theirs] = [at(attune.words, part), at(peer.words, part)];
  row(what, ms(mine), ms(theirs), times(mine, theirs));
}
const mib = (value: number) => `${value.toFixed(0)} MiB`;
row(
  'memory of the whole server',
  mib(attune.residentMib),
  mib(peer.residentMib),
  times(attune.residentMib, peer.residentMib),
);
row('a move of the focus reaches everyone (median)', ms(at(attune.moves, 0.5)));
row('a move of the focus reaches everyone (slowest)', ms(at(attune.moves, 1)));
