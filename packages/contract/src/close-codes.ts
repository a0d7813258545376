// Why a socket was closed by the server. 44xx is final for the stock y-websocket provider; 45xx and 1012 mean come again.
// The name travels as the close reason; the sentence for people is the client's.

export const closeCodes = {
  malformed: { code: 4400, final: true },
  notSignedIn: { code: 4401, final: true },
  notAllowed: { code: 4403, final: true },
  noSuchRoom: { code: 4404, final: true },
  readOnly: { code: 4409, final: true },
  ended: { code: 4410, final: true },
  otherSignIn: { code: 4411, final: true },
  documentTooLarge: { code: 4413, final: true },
  foreignStruct: { code: 4422, final: true },
  clientTooOld: { code: 4426, final: true },
  internal: { code: 4500, final: false },
  unavailable: { code: 4503, final: false },
  tooSlow: { code: 4508, final: false },
  tooMany: { code: 4529, final: false },
  restart: { code: 1012, final: false },
} as const;

export type CloseReason = keyof typeof closeCodes;

/** The reason behind a close code, `null` for codes that are not ours. */
export function closeReasonOf(code: number): CloseReason | null {
  const found = Object.entries(closeCodes).find(([, close]) => close.code === code);
  return found ? (found[0] as CloseReason) : null;
}

/** Whether a socket was closed because of who is signed in: nobody any more, or somebody else than its page was opened as. */
export const isSignInLost = (code: number): boolean =>
  code === closeCodes.notSignedIn.code || code === closeCodes.otherSignIn.code;
