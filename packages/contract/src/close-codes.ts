// Why a socket was closed by the server. 44xx is final for the stock y-websocket provider; 45xx and 1012 mean come again.
// Each has a sentence for people; it also travels as the close reason.

export const closeCodes = {
  malformed: {
    code: 4400,
    final: true,
    sentence: 'This page sent something the server cannot read. Reload it.',
  },
  notSignedIn: { code: 4401, final: true, sentence: 'Your sign-in has ended. Sign in again to go on.' },
  notAllowed: { code: 4403, final: true, sentence: 'You no longer have access here.' },
  noSuchRoom: {
    code: 4404,
    final: true,
    sentence: 'There is nothing at this address, or it is not yours to open.',
  },
  readOnly: {
    code: 4409,
    final: true,
    sentence: 'This can no longer be changed.',
  },
  ended: { code: 4410, final: true, sentence: 'The answers have been revealed; your sheet is closed.' },
  documentTooLarge: {
    code: 4413,
    final: true,
    sentence: 'This text has grown too large to be stored. Shorten it.',
  },
  foreignStruct: {
    code: 4422,
    final: true,
    sentence: 'This page wrote under another person’s name. Reload it.',
  },
  clientTooOld: { code: 4426, final: true, sentence: 'This page is older than the server. Reload it.' },
  internal: { code: 4500, final: false, sentence: 'Something went wrong on the server. Reconnecting.' },
  unavailable: { code: 4503, final: false, sentence: 'The server cannot load this just now. Reconnecting.' },
  tooSlow: { code: 4508, final: false, sentence: 'The connection is too slow to keep up. Reconnecting.' },
  tooMany: { code: 4529, final: false, sentence: 'Too much at once from this page. Reconnecting shortly.' },
  restart: { code: 1012, final: false, sentence: 'The server is restarting. Reconnecting.' },
} as const;

export type CloseReason = keyof typeof closeCodes;

/** The reason behind a close code, `null` for codes that are not ours. */
export function closeReasonOf(code: number): CloseReason | null {
  const found = Object.entries(closeCodes).find(([, close]) => close.code === code);
  return found ? (found[0] as CloseReason) : null;
}
