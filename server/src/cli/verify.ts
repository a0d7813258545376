// `npm run verify -- record.json`: recomputes what an exported record's log holds (X1), with nothing but the file: no server, no
// database, no network. Ends with 0 when all holds, 1 when not, 2 when the file cannot be read.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type CalibrationRecord,
  type Hashes,
  questionsOf,
  type RecordFact,
  type RecordPart,
  type Verification,
  verifyRecord,
} from '@attune/domain';

const hashes: Hashes = {
  sha256: async (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  hmacSha256: async (key, bytes) => new Uint8Array(createHmac('sha256', key).update(bytes).digest()),
};

const lists = ['people', 'questions', 'log'] as const;

/** Whether it is a record as far as can be told at first sight; verifying finds out the rest. */
function isRecord(value: unknown): value is CalibrationRecord {
  if (typeof value !== 'object' || value === null || !('format' in value)) return false;
  const members = new Map<string, unknown>(Object.entries(value));
  const isKnown = value.format === 'attune-record/1' || value.format === 'attune-record/2';
  return isKnown && lists.every((name) => Array.isArray(members.get(name)));
}

const facts: Readonly<Record<RecordFact, string>> = {
  status: 'the status',
  organisation: 'the organisation’s name',
  facilitator: 'the facilitator’s name',
  scope: 'the scope',
  scorecardVersion: 'the scorecard’s version',
  instants: 'when each phase began',
};

/** A part in words, as what "is not what the log holds". */
function nameOf(part: RecordPart, record: CalibrationRecord): string {
  const person = (id: string) => {
    const found = record.people.find(({ participantId }) => participantId === id);
    return found ? (found.guest ? `${found.name} (guest)` : found.name) || id : id;
  };
  const question = (id: string) => {
    const found = questionsOf(record.scorecard).find((one) => one.id === id);
    return `“${found?.prompt ?? id}”`;
  };
  switch (part.part) {
    case 'log':
      return `entry ${part.entry} of the log`;
    case 'answers':
      return `the answers of ${person(part.participantId)}`;
    case 'name':
      return `the name of ${person(part.participantId)}`;
    case 'person':
      return `what is said of ${person(part.participantId)}`;
    case 'settings':
      return 'the settings';
    case 'scorecard':
      return 'the scorecard';
    case 'fact':
      return facts[part.fact];
    case 'agreed':
      return `the agreed answer of ${question(part.questionId)}`;
    case 'note':
      return `the note on ${question(part.questionId)}`;
    case 'revote':
      return `a re-vote on ${question(part.questionId)}`;
    case 'missing-revote':
      return `a re-vote on ${question(part.questionId)}, which is missing`;
    case 'board-question':
      return `the board’s numbers of ${question(part.questionId)}`;
    case 'revote-numbers':
      return `a re-vote’s numbers of ${question(part.questionId)}`;
    case 'board':
      return 'the board’s order or totals';
    case 'rules':
      return 'the board: its rules make other numbers of these answers';
    case 'text':
      return part.entry === null
        ? 'a text that no entry of the log holds'
        : `a text of entry ${part.entry} of the log`;
    case 'figures':
      return 'who passed, and the alignment with the agreed answers';
    case 'layout':
      return 'the layout of the file';
  }
}

const reaches: Readonly<Record<Verification['reach'], string>> = {
  whole:
    'Held by the log: answers, comments, board, agreed answers, notes, re-votes, settings, scorecard and names.',
  answers:
    'This record was made before logs held more than answers and what was done: its board, agreed answers, notes, settings, scorecard and names are not held.',
  nameless:
    'Not verified: answers, comments, board and figures. Names are hidden in this file, which leaves out what would show whether they are those that the log holds. Export it again once the calibration is closed.',
};

/** What there is to say about a record's text, and whether all of it holds; `null` where it is no record. */
export async function verifyText(text: string): Promise<{ holds: boolean; lines: string[] } | null> {
  const record = readJson(text);
  if (!isRecord(record)) return null;
  const { differing, reach, withheld } = await verifyRecord(record, hashes);
  if (differing.length > 0) {
    const lines = differing.map((part) => `Not what the log holds: ${nameIn(part, record)}.`);
    return { holds: false, lines };
  }
  const fingerprints = record.people.filter(({ commitment }) => commitment !== null).length;
  return {
    holds: true,
    lines: [
      reach === 'nameless'
        ? `The log holds: ${record.log.length} entries.`
        : `Verified: ${fingerprints} fingerprints and ${record.log.length} log entries hold.`,
      reaches[reach],
      ...(withheld === 0
        ? []
        : [`Texts held by their hashes alone, erased or not for this reader: ${withheld}.`]),
      `Head of the log: ${record.auditHead}`,
    ],
  };
}

/** The same for whatever a file may hold. */
function nameIn(part: RecordPart, record: CalibrationRecord): string {
  try {
    return nameOf(part, record);
  } catch {
    return `its ${part.part}`;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function main(file: string | undefined): Promise<number> {
  if (file === undefined) {
    process.stderr.write('Name the exported record: npm run verify -- record.json\n');
    return 2;
  }
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    process.stderr.write(`There is no file ${file} that can be read.\n`);
    return 2;
  }
  const verified = await verifyText(text.replace(/^\uFEFF/, ''));
  if (!verified) {
    process.stderr.write(`${file} is not a record as Attune exports it (JSON).\n`);
    return 2;
  }
  for (const line of verified.lines) process.stdout.write(`${line}\n`);
  return verified.holds ? 0 : 1;
}

if (process.argv[1]?.endsWith('verify.mjs') || process.argv[1]?.endsWith('verify.ts'))
  process.exitCode = await main(process.argv[2]);
