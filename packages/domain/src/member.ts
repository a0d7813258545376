// What sessions and the organisation ask of a member who is not the one asking: may they score here, run it, be spared. The table in
// `permission.ts` says what who asks may do.
import { type Access, admitsGuests, mayTakePartIn, type Scope } from './access.ts';
import { type Permission, permissionsOf, type Role } from './permission.ts';

/** Why someone cannot take part in a session, or facilitate it. */
export type Hindrance =
  | { readonly why: 'deactivated' }
  /** They cannot sign in: they were never invited, or have not accepted yet. */
  | { readonly why: 'no-sign-in' }
  /** None of their roles does this. */
  | { readonly why: 'role' }
  /** They work for other clients or lines of business only. */
  | { readonly why: 'elsewhere'; readonly access: Access }
  /** Nobody of the organisation has this id. */
  | { readonly why: 'unknown' }
  /** Guests come in by the join link alone, and only where the session has no scope. */
  | { readonly why: 'guest' };

export type HinderedMember = Hindrance & { readonly memberId: string };

/** A member as these rules know one. */
export interface MemberSubject {
  /** Whether there is an account they sign in to. */
  readonly hasSignIn: boolean;
  readonly active: boolean;
  readonly roles: readonly Role[];
  readonly access: Access;
}

/** Whether the member takes part in calibrations at all. */
export const takesPartInCalibrations = (
  member: Pick<MemberSubject, 'hasSignIn' | 'active' | 'roles'>,
): boolean =>
  member.hasSignIn && member.active && permissionsOf(member.roles).includes('calibration.participate');

/** Whether one of the member's roles runs calibrations, active or not: whoever left may have run some. */
export const runsCalibrations = ({ roles }: Pick<MemberSubject, 'roles'>): boolean =>
  permissionsOf(roles).includes('calibration.manage');

function hindrance(permission: Permission, member: MemberSubject, scope: Scope): Hindrance | null {
  const { hasSignIn, active, roles, access } = member;
  if (!active) return { why: 'deactivated' };
  if (!hasSignIn) return { why: 'no-sign-in' };
  if (!permissionsOf(roles).includes(permission)) return { why: 'role' };
  return mayTakePartIn(access, scope) ? null : { why: 'elsewhere', access };
}

/** What keeps the member from scoring in a session of this scope (C4); `null` where nothing does. */
export const whyNotTakePart = (member: MemberSubject, scope: Scope): Hindrance | null =>
  hindrance('calibration.participate', member, scope);

/** What keeps the member from facilitating a session of this scope (C3); `null` where nothing does. */
export const whyNotFacilitate = (member: MemberSubject, scope: Scope): Hindrance | null =>
  hindrance('calibration.manage', member, scope);

/**
 * What would put someone who is in a session out of it if it had this scope; `null` where nothing would. Guests have no access of
 * their own (J1), and who was deactivated or lost a role meanwhile is no reason to refuse a scope.
 */
export function whyNotStay(
  { guest, access }: { readonly guest: boolean; readonly access: Access },
  scope: Scope,
): Hindrance | null {
  if (guest) return admitsGuests(scope) ? null : { why: 'guest' };
  return mayTakePartIn(access, scope) ? null : { why: 'elsewhere', access };
}

type MayAdminister = Pick<MemberSubject, 'hasSignIn' | 'active' | 'roles'>;

const administers = ({ hasSignIn, active, roles }: MayAdminister): boolean =>
  hasSignIn && active && permissionsOf(roles).includes('organisation.admin');

/** Whether the change of one member would leave the organisation without an active administrator who can sign in (O2). */
export const leavesNoAdmin = (
  before: MayAdminister,
  after: MayAdminister,
  others: readonly MayAdminister[],
): boolean => administers(before) && !administers(after) && !others.some(administers);
