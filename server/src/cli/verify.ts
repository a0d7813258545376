// `npm run verify -- record.json`: recomputes an exported record's fingerprints and its log's chain (X1), with nothing but the file:
// no server, no database, no network. Ends with 0 when all hold, 1 when not, 2 when the file cannot be read.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { answerSchema, evidenceSchema } from '@attune/contract';
import { type Hashes, type Verifiable, verifyRecord } from '@attune/domain';
import * as z from 'zod/mini';

const person = z.object({
  participantId: z.string(),
  name: z.string(),
  /** Missing in records made before guests were told apart. */
  guest: z.optional(z.boolean()),
  state: z.enum(['submitted', 'excused']),
  commitment: z.nullable(z.string()),
  salt: z.nullable(z.string()),
});
const recordFile = z.object({
  format: z.literal('attune-record/1'),
  sessionId: z.string(),
  namesHidden: z.boolean(),
  people: z.array(person),
  questions: z.array(
    z.object({
      questionId: z.string(),
      answers: z.array(
        z.object({
          participantId: z.string(),
          answer: z.nullable(answerSchema),
          comment: z.string(),
          evidence: z.array(evidenceSchema),
        }),
      ),
      revotes: z.array(
        z.object({
          revoteId: z.string(),
          votes: z.array(
            z.object({
              participantId: z.string(),
              answer: answerSchema,
              commitment: z.string(),
              salt: z.string(),
            }),
          ),
        }),
      ),
    }),
  ),
  log: z.array(
    z.object({
      sequence: z.int(),
      at: z.string(),
      byMemberId: z.nullable(z.string()),
      byName: z.string(),
      event: z.unknown(),
      hash: z.string(),
    }),
  ),
  auditHead: z.string(),
});

const hashes: Hashes = {
  sha256: async (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  hmacSha256: async (key, bytes) => new Uint8Array(createHmac('sha256', key).update(bytes).digest()),
};

/** What there is to say about a record's text, and whether all of it holds; `null` where it is no record. */
export async function verifyText(text: string): Promise<{ holds: boolean; lines: string[] } | null> {
  const read = recordFile.safeParse(readJson(text));
  if (!read.success) return null;
  const record = read.data;
  if (record.namesHidden)
    return {
      holds: false,
      lines: ['Names are hidden in this file: export it again once the session is closed.'],
    };
  const { badCommitments, brokenAt } = await verifyRecord(record satisfies Verifiable, hashes);
  const names = new Map(
    record.people.map(({ participantId, name, guest }) => [participantId, guest ? `${name} (guest)` : name]),
  );
  const lines = [
    ...badCommitments.map((id) => `The answers differ from the fingerprint of ${names.get(id) ?? id}.`),
    ...(brokenAt === null ? [] : [`The log's chain breaks at entry ${brokenAt}.`]),
  ];
  if (lines.length > 0) return { holds: false, lines };
  const fingerprints = record.people.filter(({ commitment }) => commitment !== null).length;
  return {
    holds: true,
    lines: [
      `Verified: ${fingerprints} fingerprints and ${record.log.length} log entries hold.`,
      `Head of the log: ${record.auditHead}`,
    ],
  };
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
