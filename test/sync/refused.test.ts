// A refused edit is not a lost meeting (live 1): a page that understands is told by a message what was not taken; its socket, its
// presence and the session's events stay.
import {
  commentKey,
  messageType,
  noteKey,
  notesDocumentLimitBytes,
  refusalProtocolVersion,
  sealedDocumentLimitBytes,
} from '@attune/contract';
import { describe, expect } from 'vitest';
import * as Y from 'yjs';
import { advance } from '../support/people.ts';
import { type OpenRoom, paragraph, until, untilSaved } from '../support/rooms.ts';
import { teamTest } from '../support/team.ts';

// Of a new calibration for each test.
const it = teamTest().extend('id', async ({ team }) => (await team.calibration('review')).id);

const write = ({ doc }: OpenRoom, text: string) => doc.getXmlFragment(noteKey('q1')).push([paragraph(text)]);
const read = ({ doc }: OpenRoom) => doc.getXmlFragment(noteKey('q1')).toJSON();
const isSettled = (room: OpenRoom) => room.sent > 0 && room.stored === room.sent;

describe('an edit that is not taken', () => {
  it('[live 1] is told by a message when the notes are closed, and the meeting goes on', async ({
    team,
    enter,
    id,
  }) => {
    const { lead, people } = team;
    const [writer, other] = await enter(`meeting/${id}`, ...people);
    if (!writer || !other) throw new Error('nobody is in');
    write(writer, 'In time.');
    await untilSaved(writer);
    let isOver = false;
    // Keystrokes all through the press of Resolve: before it, in flight, and after.
    const resolving = advance(lead, id, 'review').finally(() => {
      isOver = true;
    });
    await until('the notes are closed', () => {
      write(writer, 'A word.');
      return isOver && writer.heard(messageType.refused).length > 0;
    });
    await until('nothing is left open', () => isSettled(writer));
    expect((await resolving).status).toBe(200);
    expect(writer.closes).toEqual([]);
    expect(writer.heard(messageType.refused).every(({ reason }) => reason === 'readOnly')).toBe(true);
    await until('it hears of the step', () =>
      writer.heard(messageType.change).some(({ patch }) => patch.status === 'resolved'),
    );
    writer.provider.awareness.setLocalStateField('questionId', 'q1');
    await until('the other sees where they are', () =>
      [...other.provider.awareness.getStates().values()].some(({ questionId }) => questionId === 'q1'),
    );
    // What was refused is nobody's: whoever comes now has what the other has.
    const [fresh] = await enter(`meeting/${id}`, people[0]);
    if (!fresh) throw new Error('not in');
    await until('all have the same', () => read(fresh) === read(other));
    expect(read(fresh).split('A word.').length).toBeLessThan(read(writer).split('A word.').length);
  });

  it('[live 1] brought back after Resolve, what was typed offline is told by a message, too', async ({
    team,
    open,
    enter,
    id,
  }) => {
    const { lead, people } = team;
    const [before] = await enter(`meeting/${id}`, people[0]);
    if (!before) throw new Error('not in');
    before.close();
    write(before, 'Typed offline.');
    await advance(lead, id, 'review');
    const back = open(`meeting/${id}`, people[0], { doc: before.doc });
    await until('it is refused', () => back.heard(messageType.refused).length === 1);
    expect(back.heard(messageType.refused)[0]).toEqual({ reason: 'readOnly', messages: [1] });
    expect(back.closes).toEqual([]);
  });

  it('[live 1] that is too large is told by a message, again and again, and a fresh document goes on', async ({
    team,
    enter,
    id,
  }) => {
    const { people } = team;
    const [writer, other] = await enter(`meeting/${id}`, ...people);
    if (!writer || !other) throw new Error('nobody is in');
    const text = new Y.XmlText();
    writer.doc.getXmlFragment(noteKey('q1')).push([paragraph(text)]);
    for (let part = 0; part < 3; part += 1) {
      text.insert(0, 'a'.repeat(Math.floor(notesDocumentLimitBytes / 3) - 1_000));
      await untilSaved(writer);
    }
    for (let round = 1; round <= 8; round += 1) {
      text.insert(0, 'REFUSED'.repeat(1_000));
      await until(
        'it is refused',
        () => isSettled(writer) && writer.heard(messageType.refused).length >= round,
      );
    }
    expect(writer.heard(messageType.refused)[0]?.reason).toBe('documentTooLarge');
    expect(writer.closes).toEqual([]);
    writer.close();
    const [fresh] = await enter(`meeting/${id}`, people[0]);
    if (!fresh) throw new Error('not in');
    write(fresh, 'And on.');
    await untilSaved(fresh);
    await until('the other has it', () => read(other).includes('And on.'));
    expect(read(other)).not.toContain('REFUSED');
  });

  it('[live 1] that is too large is taken after all, on the same connection, once it is shorter', async ({
    team,
    open,
  }) => {
    const [ben] = team.people;
    const { participantIds } = await team.calibration('scoring');
    const sheet = open(`sealed/${participantIds[0]}`, ben);
    await until('the sheet', () => sheet.provider.synced);
    const comment = sheet.doc.getText(commentKey('q1'));
    comment.insert(0, 'a'.repeat(sealedDocumentLimitBytes));
    await until('it is refused', () => sheet.heard(messageType.refused).length > 0);
    comment.delete(0, comment.length);
    comment.insert(0, 'Shorter.');
    await until('all is settled', () => isSettled(sheet));
    expect(sheet.closes).toEqual([]);
    const again = open(`sealed/${participantIds[0]}`, ben);
    await until(
      'the other device has it',
      () => again.doc.getText(commentKey('q1')).toString() === 'Shorter.',
    );
  });

  it('[live 1] closes the socket of a client that does not know the message', async ({ team, open, id }) => {
    const older = open(`meeting/${id}`, team.people[0], { protocol: refusalProtocolVersion - 1 });
    await until('the notes', () => older.provider.synced);
    await advance(team.lead, id, 'review');
    write(older, 'Too late.');
    await until('the socket is closed for good', () => older.closes.includes(4409));
    expect(older.heard(messageType.refused)).toEqual([]);
  });
});
