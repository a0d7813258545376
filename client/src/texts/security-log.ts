// Words of the security log: what happened, by kind, and what else is told of it.
import type { SecurityDetail, SecurityKind } from '@attune/contract';
import type { Role } from '@attune/domain';
import { list } from '../lib/format.ts';
import { people } from './people.ts';

const kinds: Readonly<Record<SecurityKind, string>> = {
  'sign-in-succeeded': 'Signed in',
  'sign-in-failed': 'Sign-in failed',
  'signed-out': 'Signed out',
  'sign-in-ended': 'Sign-in ended',
  'password-changed': 'Password changed',
  'reset-link-made': 'Reset link made',
  'reset-link-opened': 'Reset link opened',
  'reset-link-used': 'Password reset by link',
  'set-up-used': 'Organisation set up',
  'invitation-made': 'Invitation made',
  'invitation-opened': 'Invitation opened',
  'invitation-used': 'Invitation accepted',
  'invitation-ended': 'Invitation revoked',
  'roles-or-access-changed': 'Roles or access changed',
  'member-deactivated': 'Deactivated',
  'member-reactivated': 'Brought back',
  'organisation-changed': 'Organisation settings changed',
  'join-link-made': 'Join link made',
  'join-link-ended': 'Join link ended',
  'join-link-opened': 'Join link opened',
  'display-link-made': 'Meeting screen link made',
  'display-link-ended': 'Meeting screen link ended',
  'display-link-opened': 'Meeting screen opened',
  'guest-admitted': 'Guest admitted',
  'guest-turned-away': 'Guest turned away',
  'guest-ended': 'Guest’s sign-in ended',
  'participant-put-out': 'Participant put out',
  'place-opened': 'Place opened on a further browser',
  'record-exported': 'Record exported',
  'key-rotated': 'Server key rotated',
};

const roleNames = (value: SecurityDetail[string] | undefined) =>
  list((Array.isArray(value) ? value : []).map((role) => people.roles[role as Role] ?? role)) || 'none';
const accessNames = (value: SecurityDetail[string] | undefined) =>
  value === 'organisation' ? 'whole organisation' : list(Array.isArray(value) ? value : []) || 'nothing';
const ways: Readonly<Record<string, string>> = {
  password: 'with a password',
  demo: 'by a click in the demo',
  operator: 'by the operator, at the terminal',
};

/** What is told of an event beside who, whom and where; one short sentence each. */
export function detailsOf(detail: SecurityDetail): string[] {
  const told: string[] = [];
  if (typeof detail.email === 'string') told.push(detail.email);
  if (detail.rolesBefore && roleNames(detail.rolesBefore) !== roleNames(detail.rolesAfter))
    told.push(`Roles: ${roleNames(detail.rolesBefore)} → ${roleNames(detail.rolesAfter)}`);
  if (detail.accessBefore && accessNames(detail.accessBefore) !== accessNames(detail.accessAfter))
    told.push(`Access: ${accessNames(detail.accessBefore)} → ${accessNames(detail.accessAfter)}`);
  if (detail.roles) told.push(`Roles: ${roleNames(detail.roles)}`);
  if (detail.access) told.push(`Access: ${accessNames(detail.access)}`);
  if (typeof detail.guestsAllowed === 'boolean')
    told.push(detail.guestsAllowed ? 'Guests may ask to join' : 'Guests may no longer ask to join');
  if (typeof detail.format === 'string') told.push(detail.format.toUpperCase());
  if (typeof detail.by === 'string') told.push(ways[detail.by] ?? detail.by);
  if (typeof detail.account === 'string') told.push(`an unknown account (${detail.account})`);
  if (typeof detail.signInsEnded === 'number' && detail.signInsEnded > 0)
    told.push(
      detail.signInsEnded === 1 ? '1 browser signed out' : `${detail.signInsEnded} browsers signed out`,
    );
  return told;
}

export const securityLog = {
  title: 'Security log',
  about: 'Who came in, who let whom in, and who took what out. Kept for 400 days.',
  kinds,
  allKinds: 'Everything',
  kind: 'What happened',
  member: 'Who',
  everyone: 'Everyone',
  when: 'When',
  what: 'What',
  who: 'Who',
  from: 'From',
  nobody: 'Not signed in',
  operator: 'The operator',
  gone: 'Someone who has left',
  deletedSession: 'a deleted calibration',
  none: 'Nothing like this has happened.',
  more: 'Show earlier',
} as const;
