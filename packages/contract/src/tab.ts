// What a tab may say of itself, in a request's header or beside a socket's path: whom it acts for, and, on the demo alone, which of
// the browser's sign-ins is its own. Left out, the browser's cookie says it all.

/** The member a page acts for. Where the sign-in is another's by now, nothing is done: `other-sign-in`, and sockets close with 4411. */
export const memberHeader = 'Attune-Member';
/** The same at a socket, and at whatever a browser opens by an address. */
export const memberParameter = 'member';

/** Names the tab's own sign-in, on the demo (O6); elsewhere nobody reads it. */
export const tabHeader = 'Attune-Tab';
export const tabParameter = 'tab';

/** Whether it may name a tab's sign-in. */
export const isTabName = (text: string): boolean => /^[a-z0-9]{8,32}$/.test(text);
