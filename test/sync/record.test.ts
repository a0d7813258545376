// A real calibration from draft to closed, with everything a record may hold: what is exported verifies for every reader, whatever
// of it is changed is named, and what is erased by hand leaves every proof whole (X1).
import { answersKey, commentKey, noteKey, textKey } from '@attune/contract';
import type { CalibrationRecord } from '@attune/domain';
import { describe, expect } from 'vitest';
import { verifyText } from '../../server/src/cli/verify.ts';
import type { RunningServer } from '../../server/src/start.ts';
import { asOfEarlierVersion } from '../support/log.ts';
import {
  advance,
  cookieOf,
  makeSession,
  openRevote,
  type Person,
  scaleDocument,
  visitor,
} from '../support/people.ts';
import { openRoom, paragraph, until, untilSaved } from '../support/rooms.ts';
import { accepted, submit, type Team, teamTest } from '../support/team.ts';

const document = () => {
  const { sections, ...rest } = scaleDocument(2, 5, { required: false });
  const words = { id: 'words', type: 'text', prompt: 'In your words', required: false };
  return {
    ...rest,
    sections: sections.map((section) => ({ ...section, questions: [...section.questions, words] })),
  };
};

const it = teamTest({ scorecard: document(), more: ['Dara'] });

const scale = (value: number) => ({ kind: 'scale', valueHundredths: value * 100 });

type Reader = Pick<Person, 'get' | 'send' | 'cookie'>;

async function exportFor(reader: Pick<Person, 'get'>, id: string): Promise<string> {
  const reply = await reader.get(`/api/sessions/${id}/record.json`);
  expect(reply.status).toBe(200);
  return reply.text;
}

let server: RunningServer;
let team: Team<['Dara']>;

it.beforeAll(({ server: started, team: made }) => {
  server = started;
  team = made;
});

/** The calibration, resolved; with who was in it. */
async function wholeCalibration({ isEarlier = false, areNamesHidden = false } = {}) {
  const { lead, people, scorecardVersionId } = team;
  const [ben, chidi, dara] = people;
  const settings = {
    scorecardVersionId,
    agentName: 'Rosalind Quill',
    agentNameHidden: true,
    interactionReference: 'call 4711',
    transcript: [{ speaker: 'Agent', second: 0, text: 'Hello, my name is Rosalind.' }],
  };
  const { id, participantIds } = await makeSession(lead, settings, people);
  if (isEarlier) await asOfEarlierVersion(server, id);
  const { body } = await lead.send('POST', `/api/sessions/${id}/links/join`, {});
  const token = new URL((body as { join: { url: string } }).join.url).hash.slice(1);
  const knocked = await visitor(server.url).send('POST', '/api/join', { token, name: 'Gil' });
  const guest: Reader = visitor(server.url, cookieOf(knocked));
  const view = (await lead.get(`/api/sessions/${id}`)).body as { shared: { lobby: { id: string }[] } };
  await accepted(lead.send('POST', `/api/sessions/${id}/lobby/${view.shared.lobby[0]?.id}/admit`));
  await accepted(advance(lead, id, 'draft'));

  for (const [at, person] of [ben, chidi].entries()) {
    const room = openRoom(server.url, `sealed/${participantIds[at]}`, person.cookie);
    await until('the sheet is open', () => room.provider.synced);
    room.doc.getMap(answersKey).set('q1', scale(at === 0 ? 1 : 5));
    room.doc.getText(commentKey('q1')).insert(0, `What ${person.name} thought of it`);
    room.doc.getText(textKey('words')).insert(0, `What ${person.name} wrote`);
    await untilSaved(room);
    await accepted(submit(person, id));
    room.close();
  }
  await accepted(guest.send('POST', `/api/sessions/${id}/submission`, {}));
  await accepted(
    lead.send('POST', `/api/sessions/${id}/participants/${participantIds[2]}/excuse`, {
      reason: 'Dara is ill',
    }),
  );
  await accepted(advance(lead, id, 'scoring'));

  const revoteId = await openRevote(lead, id, 'q1');
  for (const person of [ben, chidi, guest])
    await accepted(person.send('PUT', `/api/sessions/${id}/revotes/${revoteId}/vote`, { answer: scale(4) }));
  await accepted(lead.send('POST', `/api/sessions/${id}/revotes/${revoteId}/reveal`, { without: [] }));
  const agreed = { agreed: scale(4), cause: 'wording' };
  await accepted(lead.send('PUT', `/api/sessions/${id}/resolutions/q1`, agreed));
  const notes = openRoom(server.url, `meeting/${id}`, lead.cookie);
  await until('the notes are open', () => notes.provider.synced);
  notes.doc.getXmlFragment(noteKey('q1')).push([paragraph('Count it when it is said.')]);
  await untilSaved(notes);
  notes.close();
  if (areNamesHidden) await accepted(lead.send('PUT', `/api/sessions/${id}/names`, { names: 'hidden' }));
  await accepted(advance(lead, id, 'review'));
  return { id, lead, ben, chidi, dara, guest, participantIds };
}

const verified = async (text: string) => {
  const result = await verifyText(text);
  if (!result) throw new Error('no record');
  return { holds: result.holds, told: result.lines.join('\n') };
};

/** What is said of the record after a change to it. */
async function afterChange(text: string, change: (record: Changeable) => void) {
  const record: Changeable = JSON.parse(text);
  change(record);
  expect(JSON.stringify(record)).not.toBe(JSON.stringify(JSON.parse(text)));
  return verified(JSON.stringify(record));
}
type Changeable = { -readonly [Part in keyof CalibrationRecord]: CalibrationRecord[Part] };

describe('a record of a whole calibration', () => {
  it('[X1] verifies for every reader, guests too, resolved and closed; what one may not read is there by its hash', async () => {
    const { id, lead, chidi, guest } = await wholeCalibration();
    for (const status of ['resolved', 'closed']) {
      if (status === 'closed') await accepted(advance(lead, id, 'resolved'));
      for (const reader of [lead, chidi, guest]) {
        const text = await exportFor(reader, id);
        expect([status, await verified(text)]).toEqual([
          status,
          {
            holds: true,
            told: expect.stringMatching(/^Verified: 3 fingerprints and \d+ log entries hold\./),
          },
        ]);
        expect(text.includes('Rosalind Quill')).toBe(reader === lead);
      }
    }
    expect((await verified(await exportFor(guest, id))).told).toContain('not for this reader: 1.');
  });

  it('[X1] whatever is changed in it is named', async () => {
    const { id, lead } = await wholeCalibration();
    await accepted(advance(lead, id, 'resolved'));
    const text = await exportFor(lead, id);
    const changes: readonly [string, (record: Changeable) => void][] = [
      [
        'the board’s numbers of “Question 1”',
        (record) => {
          const [first, ...rest] = record.board.questions;
          if (first)
            record.board = { ...record.board, questions: [{ ...first, flagged: !first.flagged }, ...rest] };
        },
      ],
      [
        'the agreed answer of “Question 1”',
        (record) => {
          record.questions = record.questions.map((question) => ({ ...question, agreed: { kind: 'na' } }));
        },
      ],
      [
        'the note on “Question 1”',
        (record) => {
          record.questions = record.questions.map((question) => ({ ...question, note: null }));
        },
      ],
      [
        'a re-vote on “Question 1”, which is missing',
        (record) => {
          record.questions = record.questions.map((question) => ({ ...question, revotes: [] }));
        },
      ],
      [
        'the settings',
        (record) => {
          record.settings = { ...record.settings, thresholdHundredths: 9_000 };
        },
      ],
      [
        'the scorecard',
        (record) => {
          record.scorecard = { ...record.scorecard, name: 'Another' };
        },
      ],
      [
        'the name of Somebody',
        (record) => {
          record.people = record.people.map((person, at) =>
            at === 0 ? { ...person, name: 'Somebody' } : person,
          );
        },
      ],
      [
        'the facilitator’s name',
        (record) => {
          record.facilitator = 'Somebody';
        },
      ],
    ];
    for (const [name, change] of changes) {
      const { holds, told } = await afterChange(text, change);
      expect([name, holds, told]).toEqual([
        name,
        false,
        expect.stringContaining(`Not what the log holds: ${name}`),
      ]);
    }
  });

  it('[X1] a person, a transcript and an agent erased by hand leave it whole, and it says that they are erased', async () => {
    const { id, lead, ben, participantIds } = await wholeCalibration();
    await accepted(advance(lead, id, 'resolved'));
    const { sql } = server.connection;
    await sql`update member set name = '' where id = ${ben.memberId}`;
    await sql`
      update held_value set value = null, salt = null where session_id = ${id}
        and (member_id = ${ben.memberId} or jsonb_typeof(value) = 'array' or value = '"Rosalind Quill"'::jsonb)`;
    await sql`
      update answer set comment = null, comment_salt = null, text_salt = null,
        answer = case when text_hash is null then answer end
      where participant_id = ${participantIds[0] ?? ''}`;
    const text = await exportFor(lead, id);
    for (const gone of ['What Ben', '"Ben"', 'Rosalind']) expect(text).not.toContain(gone);
    expect(text).toContain('What Chidi thought of it');
    const { holds, told } = await verified(text);
    expect([holds, told]).toEqual([
      true,
      expect.stringContaining('Texts held by their hashes alone, erased'),
    ]);
    const csv = (await lead.get(`/api/sessions/${id}/record.csv`)).text;
    expect(csv).toContain('"Question 1",1,"erased",1,0,"erased",');
    const forged = await afterChange(text, (record) => {
      record.people = record.people.map((person) =>
        person.name === '' ? { ...person, name: 'Ben' } : person,
      );
    });
    expect(forged).toEqual({ holds: false, told: expect.stringContaining('the name of Ben') });
  });

  it('[J3 X1] while names are hidden, verifies but for who answered what, and says so', async () => {
    const { id, lead, chidi, participantIds } = await wholeCalibration({ areNamesHidden: true });
    const text = await exportFor(chidi, id);
    const { questions, board } = JSON.parse(text) as CalibrationRecord;
    for (const participantId of participantIds)
      expect(JSON.stringify([questions, board])).not.toContain(participantId);
    expect(await verified(text)).toEqual({
      holds: true,
      told: expect.stringContaining('Names are hidden in this file'),
    });
    expect((await verified(text)).told).toContain('not for this reader: 1.');
    const flagged = await afterChange(text, (record) => {
      record.board = { ...record.board, flaggedCount: 2 };
    });
    expect(flagged).toEqual({ holds: false, told: expect.stringContaining('the board’s order or totals') });
    const agreed = await afterChange(text, (record) => {
      record.questions = record.questions.map((question) => ({ ...question, cause: null }));
    });
    expect(agreed).toEqual({
      holds: false,
      told: expect.stringContaining('the agreed answer of “Question 1”'),
    });
    await accepted(advance(lead, id, 'resolved'));
    const passedOff = await afterChange(await exportFor(chidi, id), (record) => {
      record.namesHidden = true;
    });
    expect(passedOff.holds).toBe(false);
  });

  it('[X1] of a session that an earlier version began verifies as before, and says what it does not hold', async () => {
    const { id, lead } = await wholeCalibration({ isEarlier: true });
    await accepted(advance(lead, id, 'resolved'));
    const text = await exportFor(lead, id);
    expect(JSON.parse(text)).toMatchObject({
      format: 'attune-record/1',
      questions: [{ cause: 'wording' }, {}, {}],
    });
    expect(await verified(text)).toEqual({
      holds: true,
      told: expect.stringContaining('names are not held'),
    });
    const changed = await afterChange(text, (record) => {
      record.log = record.log.map((entry, at) => (at === 2 ? { ...entry, byName: 'Somebody' } : entry));
    });
    expect(changed).toEqual({ holds: false, told: expect.stringContaining('entry 3 of the log') });
  });
});
