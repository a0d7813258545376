// Where the screens are, but for those a phone opens first. Nothing is decided here: see router.svelte.ts.

export const screens = {
  dashboard: () => import('./screens/Dashboard.svelte'),
  signIn: () => import('./screens/SignIn.svelte'),
  setUp: () => import('./screens/SetUp.svelte'),
  invitation: () => import('./screens/Invitation.svelte'),
  invite: () => import('./screens/Invite.svelte'),
  calibrations: () => import('./screens/Calibrations.svelte'),
  newCalibration: () => import('./screens/NewCalibration.svelte'),
  session: () => import('./screens/Session.svelte'),
  record: () => import('./screens/Record.svelte'),
  scorecards: () => import('./screens/Scorecards.svelte'),
  scorecard: () => import('./screens/Scorecard.svelte'),
  inbox: () => import('./screens/Inbox.svelte'),
  newPassword: () => import('./screens/NewPassword.svelte'),
  securityLog: () => import('./screens/SecurityLog.svelte'),
  people: () => import('./screens/People.svelte'),
  settings: () => import('./screens/Settings.svelte'),
  notFound: () => import('./screens/NotFound.svelte'),
} as const;
