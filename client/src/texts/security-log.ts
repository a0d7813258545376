// What the security log tells of an event beside who, whom and where.
import type { SecurityDetail } from '@attune/contract';
import { type Role, roles } from '@attune/domain';
import { list, percentAsSet } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';

type Told = SecurityDetail[string] | undefined;

const isRole = (value: unknown): value is Role => roles.some((role) => role === value);
const listed = (value: Told): readonly string[] => (Array.isArray(value) ? value : []);

const roleNames = (value: Told): string =>
  list(listed(value).map((role) => (isRole(role) ? m.people_roles({ role }) : role))) ||
  m.securityLog_noRoles();
const accessNames = (value: Told): string =>
  value === 'organisation'
    ? m.securityLog_wholeOrganisation()
    : list(listed(value)) || m.securityLog_noAccess();

function rolesAndAccess(detail: SecurityDetail): string[] {
  const told: string[] = [];
  const roles = { before: roleNames(detail.rolesBefore), after: roleNames(detail.rolesAfter) };
  const access = { before: accessNames(detail.accessBefore), after: accessNames(detail.accessAfter) };
  if (detail.rolesBefore && roles.before !== roles.after) told.push(m.securityLog_rolesChanged(roles));
  if (detail.accessBefore && access.before !== access.after) told.push(m.securityLog_accessChanged(access));
  if (detail.roles) told.push(m.securityLog_roles({ roles: roleNames(detail.roles) }));
  if (detail.access) told.push(m.securityLog_access({ access: accessNames(detail.access) }));
  return told;
}

function settings(detail: SecurityDetail): string[] {
  const told: string[] = [];
  const { nameBefore, nameAfter, timeZoneBefore, timeZoneAfter, thresholdBefore, thresholdAfter } = detail;
  if (typeof nameBefore === 'string' && typeof nameAfter === 'string')
    told.push(m.securityLog_nameChanged({ before: nameBefore, after: nameAfter }));
  if (typeof timeZoneBefore === 'string' && typeof timeZoneAfter === 'string')
    told.push(m.securityLog_timeZoneChanged({ before: timeZoneBefore, after: timeZoneAfter }));
  if (typeof thresholdBefore === 'number' && typeof thresholdAfter === 'number')
    told.push(
      m.securityLog_thresholdChanged({
        before: percentAsSet(thresholdBefore),
        after: percentAsSet(thresholdAfter),
      }),
    );
  return told;
}

/** One short sentence for each thing told. */
export function detailsOf(detail: SecurityDetail): string[] {
  const { email, guestsAllowed, format, by, account, signInsEnded } = detail;
  const told = [...rolesAndAccess(detail), ...settings(detail)];
  if (typeof email === 'string') told.unshift(email);
  if (typeof guestsAllowed === 'boolean')
    told.push(guestsAllowed ? m.securityLog_guestsAllowed() : m.securityLog_guestsRefused());
  if (typeof format === 'string') told.push(format.toUpperCase());
  if (typeof by === 'string') told.push(m.securityLog_ways({ way: by }));
  if (typeof account === 'string') told.push(m.securityLog_unknownAccount({ account }));
  if (typeof signInsEnded === 'number' && signInsEnded > 0)
    told.push(m.securityLog_signInsEnded({ count: signInsEnded }));
  return told;
}
