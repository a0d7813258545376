// A row of a table of members (E10), read on its own: what its cells say, and what is wrong with them. What is there already is asked
// in `member-plan.ts`. An empty cell, and a column that is not there, say nothing: whoever there is keeps what they have.
import {
  type ImportProblem,
  type MemberColumn,
  memberColumns,
  newMember,
  type RowFault,
  type RowFaultCode,
} from '@attune/contract';
import { type Access, type Grant, type Role, roles } from '@attune/domain';
import type { Client } from '../people/clients.store.ts';
import type { MemberFields } from '../people/member.store.ts';

/** Which cell says what; `null`: a column without a name. */
export type Columns = readonly (MemberColumn | null)[];

const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
const byBareName = new Map<string, MemberColumn>([
  ...memberColumns.map((name) => [bare(name), name] as const),
  ['role', 'roles'],
  ['employeeno', 'employee number'],
  ['employeeid', 'employee number'],
]);

export const problemOf = (code: ImportProblem['code'], more: Partial<ImportProblem> = {}): ImportProblem => ({
  code,
  line: null,
  found: [],
  known: [],
  errors: [],
  ...more,
});

/** The columns of a header, whatever their order and spelling. */
export function readHeader(cells: readonly string[], line: number): Columns | ImportProblem {
  const known = [...memberColumns];
  const columns = cells.map((cell) =>
    cell.trim() === '' ? null : (byBareName.get(bare(cell)) ?? cell.trim()),
  );
  const isKnown = (name: string): name is MemberColumn => memberColumns.some((column) => column === name);
  const named = columns.filter((name) => name !== null);
  const unknown = named.filter((name) => !isKnown(name));
  if (unknown.length > 0) return problemOf('header-unknown', { line, found: unknown.map(shortened), known });
  const repeated = named.filter((name, at) => named.indexOf(name) !== at);
  if (repeated.length > 0) return problemOf('header-repeated', { line, found: repeated, known });
  if (!named.includes('name')) return problemOf('header-missing', { line, found: ['name'], known });
  return columns.map((name) => (name !== null && isKnown(name) ? name : null));
}

export const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

export interface ReadMember {
  readonly fields: Partial<MemberFields>;
  readonly faults: readonly RowFault[];
}

const fault = (
  column: string,
  code: RowFaultCode,
  found = '',
  allowed: readonly string[] = [],
): RowFault => ({
  column,
  code,
  found: shortened(found),
  allowed: [...allowed],
});

const shapes = newMember.shape;

/** What a row says. */
export function readMemberRow(
  cells: readonly string[],
  columns: Columns,
  clients: readonly Client[],
): ReadMember {
  const faults: RowFault[] = [];
  const fields: { -readonly [Field in keyof MemberFields]?: MemberFields[Field] } = {};
  const typed = new Map<MemberColumn, string>();
  for (const [at, cell] of cells.entries()) {
    const column = columns[at];
    if (column) typed.set(column, cell.trim());
    else if (cell.trim() !== '') faults.push(fault(String(at + 1), 'too-many-cells', cell));
  }
  const take = (column: MemberColumn, read: (text: string) => RowFault | null) => {
    const text = typed.get(column) ?? '';
    const wrong = text === '' ? null : read(text);
    if (wrong) faults.push(wrong);
  };
  take('name', (text) => {
    const name = shapes.name.safeParse(text);
    if (name.success) fields.name = name.data;
    return name.success ? null : fault('name', codeOf(name.error), text);
  });
  if ((typed.get('name') ?? '') === '') faults.push(fault('name', 'missing'));
  take('e-mail', (text) => {
    const email = shapes.email.safeParse(text);
    if (email.success) fields.email = email.data;
    return email.success ? null : fault('e-mail', 'email', text);
  });
  take('employee number', (text) => {
    const number = shapes.employeeNumber.safeParse(text);
    if (number.success) fields.employeeNumber = number.data;
    return number.success ? null : fault('employee number', codeOf(number.error), text);
  });
  take('roles', (text) => {
    const read = readRoles(text);
    if ('unknown' in read) return fault('roles', 'role-unknown', read.unknown, roles);
    fields.roles = read.roles;
    return null;
  });
  take('access', (text) => {
    const read = readAccess(text, clients);
    if ('code' in read) return fault('access', read.code, read.found, read.allowed.slice(0, mostAllowed));
    fields.access = read;
    return null;
  });
  take('active', (text) => {
    const active = answers.get(text.toLowerCase());
    if (active === undefined) return fault('active', 'active-unknown', text, ['yes', 'no']);
    fields.active = active;
    return null;
  });
  return { fields, faults };
}

/** Of what is allowed no more is told. */
const mostAllowed = 20;

const codeOf = ({ issues }: { readonly issues: readonly { readonly message: string }[] }): RowFaultCode => {
  const [issue] = issues;
  return issue?.message === 'characters'
    ? 'characters'
    : issue?.message === 'too-long'
      ? 'too-long'
      : 'missing';
};

const answers = new Map([
  ...['yes', 'true', '1', 'active'].map((word) => [word, true] as const),
  ...['no', 'false', '0', 'inactive', 'deactivated'].map((word) => [word, false] as const),
]);

function readRoles(text: string): { roles: Role[] } | { unknown: string } {
  const named = text.split(/[,;|/]/).map((one) => one.trim().toLowerCase());
  const read = new Set<Role>();
  for (const word of named.filter((one) => one !== '')) {
    const role = word === 'administrator' ? 'admin' : roles.find((known) => known === word);
    if (!role) return { unknown: word };
    read.add(role);
  }
  return read.size > 0 ? { roles: roles.filter((role) => read.has(role)) } : { unknown: text };
}

/** As a table says that someone works for all of it. */
export const wholeInWords = 'whole organisation';
const isWhole = (text: string) => ['wholeorganisation', 'organisation', 'all'].includes(bare(text));

/** Splits at a sign that no backslash stands before. */
const splitAt = (text: string, sign: ';' | '/') =>
  (text.match(sign === ';' ? /(?:\\.|[^;\\]|\\$)+/g : /(?:\\.|[^/\\]|\\$)+/g) ?? [])
    .map((part) => part.trim())
    .filter((part) => part !== '');
const plain = (text: string) => text.replace(/\\(.)/g, '$1');
const escaped = (text: string) => text.replace(/[\\;/]/g, '\\$&');

interface AccessFault {
  readonly code: RowFaultCode;
  readonly found: string;
  readonly allowed: readonly string[];
}

/** `Kestrel Bank; Aurora Telecom / Billing`, or the whole organisation. */
export function readAccess(text: string, clients: readonly Client[]): Access | AccessFault {
  const parts = splitAt(text, ';');
  const whole = parts.filter(isWhole).filter((part) => !named(clients, plain(part)));
  if (whole.length > 0)
    return parts.length === 1
      ? { kind: 'organisation' }
      : { code: 'access-mixed', found: text, allowed: [wholeInWords] };
  const grants: Grant[] = [];
  for (const part of parts) {
    const [clientName = '', lobName, ...more] = splitAt(part, '/').map(plain);
    const client = named(clients, clientName);
    if (!client || more.length > 0)
      return {
        code: 'client-unknown',
        found: part,
        allowed: [wholeInWords, ...clients.map(({ name }) => name)],
      };
    const lob = lobName === undefined ? null : named(client.lobs, lobName);
    if (lob === undefined)
      return {
        code: 'lob-unknown',
        found: part,
        allowed: client.lobs.map(({ name }) => `${client.name} / ${name}`),
      };
    const grant = { clientId: client.id, lobId: lob?.id ?? null };
    if (!grants.some((one) => one.clientId === grant.clientId && one.lobId === grant.lobId))
      grants.push(grant);
  }
  return { kind: 'grants', grants };
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T | undefined {
  const alike = all.filter((one) => one.name.toLowerCase() === name.toLowerCase());
  return all.find((one) => one.name === name) ?? (alike.length === 1 ? alike[0] : undefined);
}

/** The same as it goes out. What is not there any more is left out. */
export function writeAccess(access: Access, clients: readonly Client[]): string {
  if (access.kind === 'organisation') return wholeInWords;
  const words = access.grants.flatMap(({ clientId, lobId }) => {
    const client = clients.find(({ id }) => id === clientId);
    if (!client) return [];
    if (lobId === null) return [escaped(client.name)];
    const lob = client.lobs.find(({ id }) => id === lobId);
    return lob ? [`${escaped(client.name)} / ${escaped(lob.name)}`] : [];
  });
  return words.join('; ');
}
