// A facilitator's click in review: what it asks of the database, what it answers, and the processor time of both. The facilitator is
// alone in the meeting, so that the click is counted and not how many are told of it.
import { setTimeout as pause } from 'node:timers/promises';
import { messageType } from '@attune/contract';
import { databaseProxy } from '../support/database-proxy.ts';
import { type OpenRoom, openRoom, until } from '../support/rooms.ts';
import { ask } from './ask.ts';
import { answerOf, questionId } from './content.ts';
import { type Traffic, TrafficCount } from './counting-tap.ts';
import { type Figure, quantile } from './figure.ts';
import type { Running } from './running.ts';
import type { Scoring } from './scoring.ts';

const clicks = 12;
/** Before those that count: compiles what runs, and prepares the statements. */
const warmUps = 3;
/** Each on a question of its own. */
export const leastQuestions = warmUps + clicks;
/** After a click, so that what is done once its reply is out is counted with it. */
const restMs = 100;

interface Click {
  readonly name: string;
  readonly path: (questionId: string) => string;
  readonly body: (question: number) => object;
}

const kinds: readonly Click[] = [
  {
    name: 'focus',
    path: () => 'focus',
    body: (question) => ({ questionId: questionId(question) }),
  },
  {
    name: 'agree',
    path: (id) => `resolutions/${id}`,
    body: (question) => ({ agreed: answerOf(1, question), cause: 'missed-evidence' }),
  },
];

const difference = (after: Traffic, before: Traffic): Traffic => ({
  statements: after.statements - before.statements,
  rowsRead: after.rowsRead - before.rowsRead,
  rowsWritten: after.rowsWritten - before.rowsWritten,
  bytesToDatabase: after.bytesToDatabase - before.bytesToDatabase,
  bytesFromDatabase: after.bytesFromDatabase - before.bytesFromDatabase,
});

/** The session is in review. Starts the server again, with its database behind a wire that counts. */
export async function measureClicks(running: Running, { sessionId, lead }: Scoring): Promise<Figure[]> {
  const count = new TrafficCount();
  const wire = await databaseProxy(running.databaseUrl, count.tap);
  let room: OpenRoom | null = null;
  try {
    await running.restart(wire.url);
    const { url } = running.app;
    const opened = openRoom(url, `meeting/${sessionId}`, lead.cookie);
    room = opened;
    await until('the facilitator is in', () => opened.provider.synced);

    const press = async ({ path, body }: Click, question: number) => {
      const heard = opened.heard(messageType.change).length;
      const address = `${url}/api/sessions/${sessionId}/${path(questionId(question))}`;
      const { status, bytes } = await ask(address, {
        cookie: lead.cookie,
        method: 'PUT',
        body: body(question),
      });
      if (status >= 300) throw new Error(`a click was answered with ${status}`);
      await until('the click is told', () => opened.heard(messageType.change).length > heard);
      await pause(restMs);
      return bytes;
    };

    const figures: Figure[] = [];
    for (const kind of kinds) {
      const traffic: Traffic[] = [];
      const replies: number[] = [];
      for (let question = 0; question < warmUps; question += 1) await press(kind, question);
      const processorBefore = await running.processorMs();
      for (let click = 0; click < clicks; click += 1) {
        const before = count.traffic;
        replies.push(await press(kind, warmUps + click));
        traffic.push(difference(count.traffic, before));
      }
      const processor = ((await running.processorMs()) - processorBefore) / clicks;
      const median = (of: keyof Traffic) =>
        quantile(
          traffic.map((one) => one[of]),
          0.5,
        );
      const what = (of: string) => `${kind.name}: ${of}`;
      figures.push(
        { what: what('statements'), value: median('statements') },
        { what: what('rows read'), value: median('rowsRead') },
        { what: what('rows written'), value: median('rowsWritten') },
        { what: what('to the database'), value: median('bytesToDatabase'), unit: 'bytes' },
        { what: what('from the database'), value: median('bytesFromDatabase'), unit: 'bytes' },
        { what: what('the reply'), value: quantile(replies, 0.5), unit: 'bytes' },
        { what: what('processor'), value: processor, unit: 'ms' },
      );
    }
    return figures;
  } finally {
    room?.close();
    await wire.close();
  }
}
