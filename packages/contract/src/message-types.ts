// The numbers of socket messages. What stands in them is in messages.ts, how they are written in message-frame.ts.

/**
 * 1: first. 2: snapshots tell the server's clock; `shared` has discussion, re-votes, lobby; message 106.
 * 3: events of places instead of devices; seats tell `place.restart` and `device.allow`; `shared` and presence tell who is a guest,
 * and who let them in; `shared` has who was put out. 4: message 107.
 */
export const protocolVersion = 5;
/** The oldest version the server still speaks. */
export const oldestProtocolVersion = 1;
/** The first whose clients are told of a refused edit; for an older one it still ends the connection. */
export const refusalProtocolVersion = 4;

/** Largest frame that a socket takes; a larger one closes it with 1009. */
export const frameLimitBytes = 512 * 1024;

/** y-websocket's own message types. */
export const syncMessage = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3 } as const;

/** What a sync message is: step 1 asks with a state vector, step 2 answers it, an update follows. */
export const syncStep = { one: 0, two: 1, update: 2 } as const;

export const messageType = {
  hello: 100,
  snapshot: 101,
  change: 102,
  seat: 103,
  saved: 104,
  hint: 105,
  inbox: 106,
  refused: 107,
} as const;
