// Words of opening a personal invite.

export const invite = {
  title: 'Say yes on your other device',
  text: (name: string) =>
    `${name.split(' ')[0]}, this invitation was opened on another device first. Allow this one there, or ask whoever facilitates to do so.`,
  stay: 'Keep this page. It goes on by itself.',
  offline: 'You are offline. This page goes on when you are back.',
  refused: 'This device was not allowed',
  refusedText: 'Go on with the device you opened the invitation on first, or ask whoever facilitates.',
  dead: 'This link does not work',
  deadText: 'It may have expired, or a newer one has taken its place. Ask for a new link.',
  incomplete: 'This link is incomplete',
  incompleteText: 'Copy the whole link, and open it again.',
} as const;
