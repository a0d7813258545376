// What sessions and the organisation ask of a member who is not the one asking: may they score here, run it, be spared. The table in
// `permission.ts` says what who asks may do.
import { admitsGuests } from './joining.ts';
import { type Access, covers, permissionsOf, type Role, type Scope } from './permission.ts';

/** A member as these rules know one. */
export interface MemberSubject {
  readonly active: boolean;
  readonly roles: readonly Role[];
  readonly access: Access;
}

/** Whether the member takes part in calibrations at all. */
export const takesPartInCalibrations = ({
  active,
  roles,
}: Pick<MemberSubject, 'active' | 'roles'>): boolean =>
  active && permissionsOf(roles).includes('calibration.participate');

/** Whether the member could score in a session of this scope (C4). */
export const mayTakePart = (member: MemberSubject, scope: Scope): boolean =>
  takesPartInCalibrations(member) && covers(member.access, scope);

/** Whether the member could facilitate a session of this scope (C3). */
export const mayRun = ({ active, roles, access }: MemberSubject, scope: Scope): boolean =>
  active && permissionsOf(roles).includes('calibration.manage') && covers(access, scope);

/** Whether who is in a session could stay if it had this scope. Guests have no access of their own (J1). */
export const mayStay = (
  { guest, access }: { readonly guest: boolean; readonly access: Access },
  scope: Scope,
): boolean => (guest ? admitsGuests(scope) : covers(access, scope));

const administers = ({ active, roles }: Pick<MemberSubject, 'active' | 'roles'>): boolean =>
  active && permissionsOf(roles).includes('organisation.admin');

/** Whether the change of one member would leave the organisation without an active administrator (O2). */
export const leavesNoAdmin = (
  before: Pick<MemberSubject, 'active' | 'roles'>,
  after: Pick<MemberSubject, 'active' | 'roles'>,
  others: readonly Pick<MemberSubject, 'active' | 'roles'>[],
): boolean => administers(before) && !administers(after) && !others.some(administers);
