// Who is here, over real sockets (live.md 2): our own messages only to who asked for them, somebody who leaves is gone at once,
// and a slow reader loses presence before it loses a word.
import {
  commentKey,
  encodeMessage,
  messageType,
  noteKey,
  protocolVersion,
  syncMessage,
} from '@attune/contract';
import * as decoding from 'lib0/decoding';
import { describe, expect } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { advance, type Person } from '../support/people.ts';
import { type OpenRoom, paragraph, until, untilSaved } from '../support/rooms.ts';
import { accepted, submit, teamTest } from '../support/team.ts';

const it = teamTest();

/** The types of our own messages received, in order. */
const ownTypes = ({ frames }: OpenRoom) =>
  frames
    .map((frame) => decoding.readVarUint(decoding.createDecoder(frame)))
    .filter((type) => type >= messageType.hello);

const isHere = ({ provider }: OpenRoom, { memberId }: Person) =>
  [...provider.awareness.getStates().values()].some(({ user }) => user?.memberId === memberId);

describe('our own messages', () => {
  it('[live 1] reach nobody who has not said hello, in no room, and whoever says it from then on', async ({
    server,
    team,
    open,
  }) => {
    const { lead, people } = team;
    const [ben] = people;
    const { id, participantIds } = await team.calibration('scoring');
    const names = [`meeting/${id}`, `sealed/${participantIds[0]}`, `feed/${ben.memberId}`];
    const stock = names.map((name) => open(name, ben, { hello: false }));
    const [meeting, sheet, feed] = names.map((name) => open(name, ben));
    if (!meeting || !sheet || !feed) throw new Error('three rooms');
    await until('everyone is in', () => server.hub.connections === 6 && sheet.provider.synced);
    await until('those who said hello are answered', () =>
      [meeting, sheet, feed].every((room) => ownTypes(room).length > 0),
    );

    // Everything there is to be told of: a stored word, a submission, the reveal and what the inbox says of it.
    stock[1]?.doc.getText(commentKey('q1')).insert(0, 'typed on a stock client');
    await until('it is with the other', () => sheet.doc.getText(commentKey('q1')).length > 0);
    for (const person of people) await accepted(submit(person, id));
    await accepted(advance(lead, id, 'scoring'));
    await until('those who said hello hear of it', () =>
      [
        meeting.heard(messageType.change).some(({ patch }) => patch.status === 'review'),
        feed.heard(messageType.hint).length > 2,
        feed.heard(messageType.inbox).length > 0,
      ].every(Boolean),
    );
    await until('the stock client has the notes', () => stock[0]?.provider.synced === true);
    expect(stock.map(ownTypes)).toEqual([[], [], []]);

    for (const room of [stock[0], stock[2]])
      room?.provider.ws?.send(
        Uint8Array.from(encodeMessage(messageType.hello, { protocol: protocolVersion })),
      );
    await until('it is answered', () =>
      [stock[0], stock[2]].every((room) => room && ownTypes(room).length > 0),
    );
    expect(stock[0]?.heard(messageType.snapshot)[0]?.session.status).toBe('review');
  });
});

describe('presence', () => {
  it('[live 2] shows at once that somebody left: by a clean close, and by a connection cut off', async ({
    team,
    open,
  }) => {
    const { id } = await team.calibration('review');
    const name = `meeting/${id}`;
    const { lead, people } = team;
    const [ben, chidi] = people;
    const watching = open(name, lead);
    for (const end of ['close', 'terminate'] as const) {
      const leaving = open(name, ben);
      const staying = open(name, chidi);
      await until('all see each other', () => isHere(watching, ben) && isHere(watching, chidi));
      const socket = leaving.provider.ws;
      if (!(socket instanceof WebSocket)) throw new Error('no socket');
      leaving.provider.shouldConnect = false;
      socket[end]();
      await until(`gone after ${end}`, () => !isHere(watching, ben) && !isHere(staying, ben));
      expect(isHere(watching, chidi)).toBe(true);
      staying.close();
      await until('the other is gone, too', () => !isHere(watching, chidi));
    }
  });

  it('[live 2] is dropped for a reader more than 256 KiB behind, whose document misses no word, and comes again after', async ({
    server,
    team,
    open,
  }) => {
    const { id } = await team.calibration('review');
    const name = `meeting/${id}`;
    const { lead, people } = team;
    const [ben, chidi] = people;
    const writers = [open(name, lead), open(name, chidi), open(name, lead), open(name, chidi)];
    const [writer] = writers;
    const slow = open(name, ben);
    if (!writer) throw new Error('nobody writes');
    await until('everyone is in', () => [...writers, slow].every(({ provider }) => provider.synced));
    const texts = writers.map((one) => {
      const text = new Y.XmlText();
      one.doc.getXmlFragment(noteKey('q1')).push([paragraph(text)]);
      return text;
    });
    for (const one of writers) await untilSaved(one);
    const looksAt = (questionId: string) =>
      writer.provider.awareness.setLocalStateField('questionId', questionId);
    /** Whether they were told that somebody looks at this question. */
    const wasTold = ({ frames }: OpenRoom, questionId: string) =>
      frames.some(
        (frame) =>
          frame[0] === syncMessage.awareness &&
          Buffer.from(frame).toString('latin1').includes(`"questionId":"${questionId}"`),
      );
    looksAt('before');
    await until('all are told', () => wasTold(slow, 'before'));

    const socket = slow.provider.ws;
    if (!(socket instanceof WebSocket)) throw new Error('no socket');
    socket.pause();
    // What each wrote last takes the place of what it wrote before: the notes stay small, what waits for the reader does not.
    for (let round = 0; server.hub.bufferedBytes <= 300 * 1024; round += 1) {
      for (const [at, text] of texts.entries())
        writers[at]?.doc.transact(() => {
          text.delete(0, text.length);
          text.insert(0, String.fromCharCode(97 + (round % 26)).repeat(30_000));
        });
      for (const one of writers) await untilSaved(one);
    }
    await until('only the slow one is behind', () =>
      writers.every(({ doc }) =>
        texts.every((text) => doc.getXmlFragment(noteKey('q1')).toJSON().includes(text.toString())),
      ),
    );
    expect(server.hub.bufferedBytes).toBeGreaterThan(256 * 1024);
    looksAt('meanwhile');
    await until('the others are told', () => writers.slice(1).every((one) => wasTold(one, 'meanwhile')));
    writer.doc.getXmlFragment(noteKey('q2')).push([paragraph('written meanwhile')]);
    await untilSaved(writer);

    socket.resume();
    await until('it has every word', () =>
      ['q1', 'q2'].every(
        (question) =>
          slow.doc.getXmlFragment(noteKey(question)).toJSON() ===
          writer.doc.getXmlFragment(noteKey(question)).toJSON(),
      ),
    );
    expect(slow.doc.getXmlFragment(noteKey('q2')).toJSON()).toContain('written meanwhile');
    expect([slow, ...writers].flatMap(({ closes }) => closes)).toEqual([]);
    expect(wasTold(slow, 'meanwhile')).toBe(false);
    looksAt('after');
    await until('it is told again', () => wasTold(slow, 'after'));
  }, 40_000);
});
