// Words of the frame around every screen. Sentences live here, never in components.
import { shell } from './shell.ts';

export const frame = {
  ...shell,
  navigation: 'Main',
  dashboard: 'Dashboard',
  calibrations: 'Calibrations',
  scorecards: 'Scorecards',
  people: 'People',
  settings: 'Settings',
  account: (name: string) => `${name}: account and preferences`,
  theme: 'Theme',
  themeNames: { light: 'Light', dark: 'Dark', system: 'As the system' },
  shortcuts: 'Single-key shortcuts',
  on: 'On',
  off: 'Off',
  shortcutSheet: 'Keyboard shortcuts',
  signOut: 'Sign out',
  leave: 'Leave on this device',
  signIn: 'Sign in',
  cancel: 'Cancel',
  close: 'Close',
  back: 'Go back',
  optional: 'optional',
  toDashboard: 'Go to the dashboard',
  palette: {
    title: 'Commands',
    search: 'Search commands',
    none: 'No command has these words.',
  },
  shortcutsOff: 'Single-key shortcuts are off. Turn them on in your account menu.',
  shortcutGroups: { here: 'On this page', go: 'Go to', help: 'Anywhere' },
  notFound: {
    title: 'There is nothing here',
    body: 'The address may be mistyped, or what was here is not yours to open.',
  },
  notAllowed: {
    title: 'This page is not open to you',
    body: 'Your role does not include it. Ask an administrator if you need it.',
  },
} as const;
