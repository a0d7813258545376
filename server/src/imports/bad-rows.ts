// The bad rows of an import as CSV: whoever mends them has each as it stood, and beside it where, what is wrong, and what is allowed.
// The words of that file stand here.
import { memberColumns, type RowFault, type RowFaultCode } from '@attune/contract';
import { rowsToCsv } from '../csv/csv-table.ts';
import type { Database } from '../db/client.ts';
import { listBad, type StoredImport } from './store.ts';

const words: Readonly<Record<RowFaultCode, string>> = {
  missing: 'is missing',
  'too-long': 'is too long',
  characters: 'has characters that cannot be stored',
  email: 'is not an e-mail address',
  'email-taken': 'belongs to someone already',
  'email-of-sign-in': 'is not the address this member signs in with, which only they can change',
  'email-of-another': 'belongs to another member',
  'number-of-another': 'is not the employee number of the member with this e-mail address',
  'role-unknown': 'is not a role',
  'client-unknown': 'is not a client',
  'lob-unknown': 'is not a line of business of this client',
  'access-mixed': 'names the whole organisation beside clients',
  'active-unknown': 'is neither yes nor no',
  'name-ambiguous': 'may be any of several members: give an employee number or an e-mail address',
  repeated: 'stands in the file before, on this line',
  'own-admin': 'would take away your own right to do this',
  'last-admin': 'would leave no administrator',
  'too-many-cells': 'stands in a column without a name',
};

const sentenceOf = ({ column, code, found }: RowFault) =>
  `${column}: ${found === '' ? '' : `"${found}" `}${words[code]}`;

const batchRows = 500;

export async function* badRowsToCsv(
  db: Database,
  { organisationId, id }: Pick<StoredImport, 'organisationId' | 'id'>,
): AsyncGenerator<string> {
  const width = memberColumns.length;
  const cells = Array.from({ length: width }, (_, at) => `cell ${at + 1}`);
  yield rowsToCsv([['line', 'what is wrong', 'what is allowed', ...cells]], true);
  for (let after = 0; ; ) {
    const { rows } = await listBad(db, organisationId, id, after, batchRows);
    if (rows.length === 0) return;
    yield rowsToCsv(
      rows.map((row) => [
        row.line,
        (row.faults ?? []).map(sentenceOf).join('\n'),
        (row.faults ?? []).flatMap(({ allowed }) => allowed).join(', '),
        ...row.cells,
      ]),
      false,
    );
    after = rows.at(-1)?.number ?? after;
  }
}
