// Words about one's own place in a session: who opened it, a guest's further devices, and what a reset shuts.

/** The question about another browser. */
export const asks = {
  title: 'Your place was opened elsewhere',
  opened: (device: string, when: string) =>
    `Your place was opened in another browser, ${device}, ${when}. Was that you?`,
  me: 'Yes, it was me',
  meName: (device: string) => `Yes, it was me: ${device}`,
  notMe: 'Not me…',
  notMeName: (device: string) => `Not me… ${device}`,
  dialogTitle: 'Not you?',
  dialogBody: (device: string) =>
    `The sign-in on ${device} ends at once. The record will say that you did not recognise it.`,
  afresh: 'Start again with an empty sheet',
  afreshAbout: 'What is in the sheet now is discarded for good.',
  takeBack: 'Take my submission back',
  takeBackAbout: 'You can check your answers, and submit them again. None is lost.',
  verb: 'End that sign-in',
  ended: (device: string) => `The sign-in on ${device} has ended`,
  endedAbout: 'Someone else knows your password. Change it now.',
  changePassword: 'Change password',
  news: 'Your place was opened on another device.',
} as const;

/** A place that is shut to this sign-in. */
const resetBy = (by: string) => (by === '' ? 'The operator of the server' : by);
export const shut = {
  title: 'Your sheet is closed to this sign-in',
  text: (by: string, when: string) =>
    `${resetBy(by)} reset your password, ${when}. What was in your sheet before stays closed to every sign-in made since, so that nobody can score in your name.`,
  start: 'Start an empty sheet…',
  startTitle: 'Start an empty sheet?',
  startBody: (by: string) =>
    `What you answered before is discarded for good. The record will say that ${by === '' ? 'the operator' : by} reset your account.`,
  startVerb: 'Start again',
  meetingTitle: 'You can watch, but not vote or write notes here',
  meetingText: (by: string, when: string) =>
    `${resetBy(by)} reset your password, ${when}, after you had begun. Your place in this calibration stays closed until it is over.`,
} as const;

/** A guest lets in another device of theirs. */
export const furtherDevice = {
  action: 'Use another device',
  title: 'Use another device',
  how: 'Open the join link on the other device and choose “Already in on another device?”. It shows two words.',
  words: 'The two words it shows',
  only: 'Type them only if you hold that device: it will see and change your answers.',
  verb: 'Let it in',
  done: (device: string) => `${device} is in. You can go on there, and here too.`,
  showTitle: 'Type these words on your other device',
  showText: 'There, choose “Use another device” beside the name of the calibration.',
  stay: 'Keep this page open; it moves on by itself.',
  offline: 'You are offline. This page moves on when you are back.',
  over: 'This device was not let in',
  overText:
    'Nobody typed its words in time, or your place has ended. Ask again, or speak to the facilitator.',
  again: 'Ask again',
  back: 'Back',
} as const;

/** The invitation of someone who has an account. */
export const invitation = {
  item: 'Copy invitation…',
  title: (name: string) => `Invitation for ${name}`,
  about: 'Opens their scoring page once they have signed in. Nobody else can use it, so it is safe to send.',
} as const;

/** Personal links of earlier versions. */
export const personalLink = {
  title: 'Personal links have ended',
  text: 'Sign in to open your calibration. Without an account, ask the facilitator for the join link.',
  signIn: 'Sign in',
} as const;
