// Words for the connection and for saving. Four words for the first; "Saved" only for what the server has stored,
// "kept" only for what this device has.
export const connection = {
  words: { live: 'Live', reconnecting: 'Reconnecting', offline: 'Offline', ended: 'Ended' },
  reconnecting: 'You can go on; changes are sent when the connection is back.',
  offline: 'Keep this page open: what you type is sent when you are back.',
  offlineKept: 'Your typing is kept on this device and sent when you are back.',
  barred: (host: string) =>
    `Pages get through, but live connections do not: something on the way to ${host} blocks WebSockets. Try another network, or ask whoever runs this one to allow them. This page goes on by itself once one opens.`,
  busy: 'Many people come back at once, and the server lets them in a few at a time. This page goes on by itself.',
  notLoaded: 'Waiting for the connection. This page goes on by itself.',
  cutOff: 'This opens once you are back online. Nothing on this page is lost.',
  ended: 'This connection has ended.',
  back: 'The connection is back.',
  reload: 'Reload',
  saving: 'Saving…',
  saved: 'Saved',
  kept: 'Offline, kept on this device',
  unkept: 'Not saved yet: keep this page open',
  refused: 'Not saved. Copy what you typed before you leave this page.',
  refusedKept: 'Not saved. What you typed is kept on this device.',
  tooLarge: 'This text has grown too large to be stored. Shorten it.',
} as const;

/** Why no socket opens, as a sentence; `null` where nobody knows. */
export function hinderedSentence(hindrance: 'busy' | 'barred' | null, host: string): string | null {
  if (hindrance === null) return null;
  return hindrance === 'busy' ? connection.busy : connection.barred(host);
}
