// Words for the connection and for saving. Four words for the first; "Saved" only for what the server has stored.
export const connection = {
  words: { live: 'Live', reconnecting: 'Reconnecting', offline: 'Offline', ended: 'Ended' },
  reconnecting: 'You can go on; changes are sent when the connection is back.',
  offline: 'Your typing is kept on this device and sent when you are back.',
  ended: 'This connection has ended.',
  back: 'The connection is back.',
  reload: 'Reload',
  saving: 'Saving…',
  saved: 'Saved',
  kept: 'Offline, kept on this device',
  refused: 'Not saved. What you typed is kept on this device.',
  tooLarge: 'This text has grown too large to be stored. Shorten it.',
} as const;
