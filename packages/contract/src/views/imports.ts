// Imports as they travel (E10): a file sent in parts, what it would do, and the yes to exactly that.
import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { scopeSchema } from './people.ts';
import { text } from './text.ts';

export const importKinds = ['members', 'scorecard'] as const;
export type ImportKind = (typeof importKinds)[number];

/** `refused`: the file cannot be read as what it is said to be. `done`: everything in it is written. */
export const importStates = ['uploading', 'reading', 'ready', 'applying', 'done', 'refused'] as const;
export type ImportState = (typeof importStates)[number];

/** Bytes of a file, and of one part of it. */
export const mostImportBytes = 64 * 1024 * 1024;
export const mostPartBytes = 8 * 1024 * 1024;
/** Rows of a table. */
export const mostImportRows = 50_000;
/** How long a file is kept, in hours. */
export const importHours = 24;

/** The columns of a table of members, as its header names them. */
export const memberColumns = ['name', 'e-mail', 'employee number', 'roles', 'access', 'active'] as const;
export type MemberColumn = (typeof memberColumns)[number];

/** What is wrong with one cell. Screens have a sentence for each; what stands there and what is allowed come with it. */
export const rowFaultCodes = [
  'missing',
  'too-long',
  'characters',
  'email',
  'email-taken',
  'email-of-sign-in',
  'email-of-another',
  'number-of-another',
  'role-unknown',
  'client-unknown',
  'lob-unknown',
  'access-mixed',
  'active-unknown',
  'name-ambiguous',
  'repeated',
  'own-admin',
  'last-admin',
  'too-many-cells',
] as const;
export type RowFaultCode = (typeof rowFaultCodes)[number];

export const rowFault = z.object({
  column: z.string(),
  code: z.enum(rowFaultCodes),
  /** What stands there, shortened. */
  found: z.string(),
  /** What is allowed, as it would be written; empty where the code says it. */
  allowed: z.array(z.string()),
});
export type RowFault = z.infer<typeof rowFault>;

export const importProblemCodes = [
  'empty',
  'header-unknown',
  'header-missing',
  'header-repeated',
  'quote-open',
  'record-too-long',
  'too-many-rows',
  'encoding',
  'hash',
  'not-json',
  'not-a-scorecard',
  'too-large',
] as const;

/** What is wrong with the file as a whole: nothing of it can be brought in. */
export const importProblem = z.object({
  code: z.enum(importProblemCodes),
  /** Where, from 1; `null` where it is no one place. */
  line: z.nullable(z.int()),
  /** What stands there: names of columns, or places of a document with what is wrong there. */
  found: z.array(z.string()),
  /** What is known instead. */
  known: z.array(z.string()),
  /** Of a document: where in it, and what. */
  errors: z.array(z.object({ pointer: z.string(), code: z.string() })),
});
export type ImportProblem = z.infer<typeof importProblem>;

/** What a dry run came to, in rows. */
export const importCounts = z.object({
  make: z.int(),
  change: z.int(),
  leave: z.int(),
  bad: z.int(),
  /** Of those changed or left: rows with another name than the member gave themselves, which stays. */
  namesKept: z.int(),
});
export type ImportCounts = z.infer<typeof importCounts>;

export const newImport = z.object({
  kind: z.enum(importKinds),
  name: text(255),
  sizeBytes: z.int().check(z.minimum(0), z.maximum(mostImportBytes)),
  /** SHA-256 of the whole file, in lower-case hex: a file that is sent again goes on where it stopped. */
  hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** For whom a scorecard is to be; left out, as the file says. */
  scope: z._default(z.nullable(scopeSchema), null),
});
export const partQuery = z.object({
  offset: z.coerce.number().check(z.int(), z.minimum(0), z.maximum(mostImportBytes)),
});
export const importScope = z.object({ scope: scopeSchema });
/** The yes to what a dry run showed. */
export const importYes = z.object({ plan: z.string().check(z.minLength(1), z.maxLength(100)) });

export const badRow = z.extend(rowFault, { line: z.int() });
export type BadRow = z.infer<typeof badRow>;

/** An import as its owner sees it. */
export const importView = z.object({
  id: idSchema,
  kind: z.enum(importKinds),
  state: z.enum(importStates),
  fileName: z.string(),
  sizeBytes: z.int(),
  /** How much has come: where the next part begins. */
  receivedBytes: z.int(),
  rowsDone: z.int(),
  counts: z.nullable(importCounts),
  plan: z.nullable(z.string()),
  /** Somebody said yes, and by then it would have done something else: nothing was written, and this is the new dry run. */
  changedSince: z.boolean(),
  problem: z.nullable(importProblem),
  /** The first bad cells, in the order of the file; all of them are there as a file. */
  bad: z.array(badRow),
  /** What a scorecard is, and what would keep its draft from being published or made. */
  scorecard: z.nullable(
    z.object({
      name: z.string(),
      sections: z.int(),
      questions: z.int(),
      problems: z.array(z.object({ pointer: z.string(), code: z.string() })),
    }),
  ),
  /** The draft that was made. */
  madeId: z.nullable(idSchema),
  /** When the file goes, ISO 8601. */
  expiresAt: z.string(),
});
export type ImportView = z.infer<typeof importView>;
