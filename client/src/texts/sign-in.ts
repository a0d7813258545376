// Words for coming in: signing in, setting up, accepting an invitation.
import { plural } from '../lib/format.ts';

export const signIn = {
  title: 'Sign in',
  tagline: 'Score sealed. Reveal together. Agree on the standard.',
  email: 'E-mail',
  password: 'Password',
  submit: 'Sign in',
  wrong: { title: 'This e-mail and password do not match', detail: 'Check both, then try again.' },
  /** @param seconds until the next try is taken */
  wait: (seconds: number) => ({
    title: 'Too many wrong tries',
    detail:
      seconds < 60
        ? `Try again in ${plural(seconds, { one: '# second', other: '# seconds' })}.`
        : `Try again in ${plural(Math.ceil(seconds / 60), { one: '# minute', other: '# minutes' })}.`,
  }),
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  demoTitle: (organisation: string) => `Look around as someone at ${organisation}`,
  demoAbout:
    'This is a demo with made-up people. Choose one; you can change over at any time. So can everyone else who opens this page: nothing is sealed here.',
  withAccount: 'With an account',
  demoList: 'Sign in as',
  needsSetUp: {
    title: 'Attune is not set up yet',
    body: 'Open the one-time link that was printed where the server was started.',
  },
  setUp: {
    title: 'Set up Attune',
    about: 'You become the first administrator.',
    organisation: 'Organisation',
    name: 'Your name',
    passwordHint: 'At least 12 characters. A few plain words together are good.',
    submit: 'Set up',
    noToken: {
      title: 'This link is incomplete',
      detail: 'Copy the whole link from where the server was started, and open it again.',
    },
  },
  invitation: {
    title: 'Join',
    about: (organisation: string) => `You are invited to ${organisation}.`,
    submit: 'Join',
    noToken: { title: 'This link is incomplete', detail: 'Copy the whole link, and open it again.' },
  },
} as const;
