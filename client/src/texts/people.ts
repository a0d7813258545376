// Words about people: roles, access, invitations, and the administrator's page.
import type { Role } from '@attune/domain';

const roles: Readonly<Record<Role, string>> = {
  admin: 'Administrator',
  lead: 'QA lead',
  evaluator: 'Evaluator',
  manager: 'Manager',
  agent: 'Agent',
};

const roleAbout: Readonly<Record<Role, string>> = {
  admin: 'Everything, and who may do what',
  lead: 'Scorecards, calibrations, disputes, reports',
  evaluator: 'Evaluates, and takes part in calibrations',
  manager: 'Reads evaluations, records and reports; coaches',
  agent: 'Sees their own evaluations',
};

export const people = {
  guests: {
    title: 'Guests',
    allow: 'People without an account may ask to join',
    about:
      'By a calibration’s join link, under a name they give. The facilitator lets each in. Never where a calibration has a client or line of business.',
  },
  guestList: {
    none: 'Nobody has come in without an account yet.',
    waiting: 'waiting to be let in',
    admittedBy: (name: string) => `admitted by ${name}`,
    since: 'Came',
    seen: 'seen',
    end: 'End',
    ended: 'Ended',
    endOf: (name: string) => `End the sign-in of ${name}`,
    endTitle: (name: string) => `End the sign-in of ${name} (guest)?`,
    endBody:
      'They leave at once and cannot come back with it. What they wrote and submitted stays; to discard it before the reveal, put them out of the calibration.',
  },
  title: 'People',
  named: (label: string, names: string) => `${label}: ${names}`,
  roles,
  roleAbout,
  name: 'Name',
  email: 'E-mail',
  rolesHead: 'Roles',
  access: 'Access',
  status: 'Status',
  active: 'Active',
  inactive: 'Deactivated',
  wholeOrganisation: 'Whole organisation',
  noAccess: 'Nothing yet',
  allOf: (client: string) => client,
  lobOf: (client: string, lob: string) => `${client}, ${lob}`,
  unknownClient: 'A removed client',
  someone: 'Someone',
  you: 'you',
  search: 'Search by name or e-mail',
  noneFound: 'Nobody has this name or address.',
  showInactive: 'Show deactivated',
  menuFor: (name: string) => `Actions for ${name}`,
  change: 'Change roles and access',
  changeTitle: (name: string) => `${name}: roles and access`,
  save: 'Save',
  accessHint: 'A calibration with a scope can only be joined by people whose access includes all of it.',
  chosenClients: 'Chosen clients and lines of business',
  allLobs: (client: string) => `All of ${client}`,
  chooseGrant: 'Choose at least one client or line of business.',
  deactivate: 'Deactivate',
  deactivateTitle: (name: string) => `Deactivate ${name}?`,
  deactivateBody: (name: string) =>
    `${name} is signed out everywhere at once and can no longer sign in. What they scored stays on record. You can bring them back.`,
  reset: {
    menu: 'Reset password',
    title: (name: string) => `A new password for ${name}?`,
    what: (name: string) =>
      `You get a one-time link to pass on to ${name}. It works for 24 hours, and only the newest one does. Using it signs ${name} out everywhere and signs them in with the password they choose.`,
    sheets:
      'Anyone who opens the link gets the account. So a sheet begun before stays closed afterwards, and the record says that the account was reset.',
    make: 'Make the link',
    linkTitle: 'The reset link',
    linkBody: (name: string, until: string) =>
      `Pass it on to ${name}, and to nobody else. It works once, until ${until}, and is not shown again.`,
  },
  securityLog: 'Security log',
  reactivate: 'Bring back',
  invite: 'Invite someone',
  inviteTitle: 'Invite someone',
  inviteHint: 'You get a link to pass on. It works once.',
  makeLink: 'Make the link',
  linkTitle: 'The invitation link',
  linkBody: (email: string, until: string) =>
    `Pass it on to ${email}. It works once, until ${until}, and is not shown again.`,
  invitations: {
    title: 'Pending invitations',
    expires: 'Expires',
    revoke: 'Revoke',
    revokeOf: (email: string) => `Revoke the invitation of ${email}`,
    revokeTitle: (email: string) => `Revoke the invitation of ${email}?`,
    revokeBody: 'Its link works no longer. You can invite them again.',
    notLoaded: 'The pending invitations could not be loaded',
  },
  notAllowed: 'Only administrators see this page.',
} as const;
