// What bringing in a row of a table of members would do, beside who is there already (E10): pure. Whom a row means: by employee number,
// else by e-mail, else by a name that is one member's alone who has neither.
import type { RowFault } from '@attune/contract';
import type { Access } from '@attune/domain';
import type { MemberFields } from '../people/member.store.ts';
import type { Member } from '../people/store.ts';
import type { ReadMember } from './member-row.ts';

/** Who may be meant by the rows at hand. */
export interface Known {
  readonly byNumber: ReadonlyMap<string, Member>;
  /** By the address in lower case. */
  readonly byEmail: ReadonlyMap<string, Member>;
  readonly byName: ReadonlyMap<string, readonly Member[]>;
  /** Lines of the file that had the same before, by number, address, or, where a row has neither, name. */
  readonly before: {
    lineOfNumber(value: string): number | null;
    lineOfEmail(value: string): number | null;
    lineOfName(value: string): number | null;
  };
  /** Who brings them in: never loses the right to. */
  readonly importerId: string;
}

export type Planned = {
  readonly faults: readonly RowFault[];
  /** Their own name stays, and it is another one than the row's. */
  readonly isNameKept: boolean;
} & (
  | { readonly outcome: 'bad' }
  | { readonly outcome: 'make'; readonly fields: MemberFields }
  | { readonly outcome: 'change'; readonly memberId: string; readonly fields: Partial<MemberFields> }
  | { readonly outcome: 'leave'; readonly memberId: string }
);

const nobody: Omit<MemberFields, 'name'> = {
  email: null,
  employeeNumber: null,
  roles: ['agent'],
  access: { kind: 'grants', grants: [] },
  active: true,
};

export function planMember({ fields, faults: read }: ReadMember, known: Known): Planned {
  const faults = [...read, ...faultsInFile(fields, known)];
  const meant = whoIsMeant(fields, known);
  if (meant && 'code' in meant) faults.push(meant);
  else if (meant) faults.push(...faultsOf(fields, meant, known));
  if (faults.length > 0) return { outcome: 'bad', faults, isNameKept: false };
  if (!meant) {
    const { name = '' } = fields;
    return { outcome: 'make', faults, isNameKept: false, fields: { ...nobody, ...fields, name } };
  }
  if ('code' in meant) throw new Error('a bad row is planned');
  const isNameKept = meant.hasSignIn && fields.name !== undefined && fields.name !== meant.name;
  const changed = changesOf(fields, meant);
  return Object.keys(changed).length === 0
    ? { outcome: 'leave', faults, isNameKept, memberId: meant.id }
    : { outcome: 'change', faults, isNameKept, memberId: meant.id, fields: changed };
}

function faultsInFile({ employeeNumber, email, name }: Partial<MemberFields>, { before }: Known): RowFault[] {
  const repeated = (column: string, line: number | null): RowFault[] =>
    line === null ? [] : [{ column, code: 'repeated', found: String(line), allowed: [] }];
  if (employeeNumber || email)
    return [
      ...(employeeNumber ? repeated('employee number', before.lineOfNumber(employeeNumber)) : []),
      ...(email ? repeated('e-mail', before.lineOfEmail(email)) : []),
    ];
  return name ? repeated('name', before.lineOfName(name)) : [];
}

const faultAt = (column: string, code: RowFault['code'], found: string): RowFault => ({
  column,
  code,
  found,
  allowed: [],
});

function whoIsMeant(
  { employeeNumber, email, name }: Partial<MemberFields>,
  known: Known,
): Member | RowFault | null {
  const numbered = employeeNumber ? (known.byNumber.get(employeeNumber) ?? null) : null;
  const addressed = email ? (known.byEmail.get(email.toLowerCase()) ?? null) : null;
  if (numbered && addressed && numbered.id !== addressed.id)
    return faultAt('e-mail', 'email-of-another', addressed.name);
  if (numbered) return numbered;
  if (addressed)
    return employeeNumber && addressed.employeeNumber !== null
      ? faultAt('employee number', 'number-of-another', addressed.employeeNumber)
      : addressed;
  if (employeeNumber || email || !name) return null;
  const [only, ...others] = known.byName.get(name) ?? [];
  if (!only) return null;
  const isOne = others.length === 0 && only.employeeNumber === null && only.email === null;
  return isOne ? only : faultAt('name', 'name-ambiguous', name);
}

function faultsOf(fields: Partial<MemberFields>, member: Member, { importerId }: Known): RowFault[] {
  const faults: RowFault[] = [];
  if (member.hasSignIn && fields.email && fields.email !== member.email)
    faults.push({
      ...faultAt('e-mail', 'email-of-sign-in', fields.email),
      allowed: member.email ? [member.email] : [],
    });
  if (member.id !== importerId) return faults;
  if (fields.active === false) faults.push(faultAt('active', 'own-admin', 'no'));
  if (fields.roles && member.roles.includes('admin') && !fields.roles.includes('admin'))
    faults.push({ ...faultAt('roles', 'own-admin', fields.roles.join(', ')), allowed: ['admin'] });
  return faults;
}

/** What of the row is not so already. Name and address of whoever has a sign-in are theirs. */
function changesOf(fields: Partial<MemberFields>, member: Member): Partial<MemberFields> {
  const { name, email, employeeNumber, roles, access, active } = fields;
  return {
    ...(name !== undefined && !member.hasSignIn && name !== member.name ? { name } : {}),
    ...(email && !member.hasSignIn && email !== member.email ? { email } : {}),
    ...(employeeNumber && employeeNumber !== member.employeeNumber ? { employeeNumber } : {}),
    ...(roles && !isSameSet(roles, member.roles) ? { roles } : {}),
    ...(access && !isSameAccess(access, member.access) ? { access } : {}),
    ...(active !== undefined && active !== member.active ? { active } : {}),
  };
}

const isSameSet = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((word) => other.includes(word));

const wordsOf = (access: Access) =>
  access.kind === 'organisation'
    ? ['*']
    : access.grants.map(({ clientId, lobId }) => `${clientId} ${lobId ?? ''}`);

const isSameAccess = (one: Access, other: Access) =>
  one.kind === other.kind && isSameSet(wordsOf(one), wordsOf(other));
