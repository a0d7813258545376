// Stands in for lib0's environment in the build: this is a browser, and nothing is configured by command line, process or
// address. A name that Yjs or its binding starts to use breaks the build, not the page.
export const isBrowser = true;
export const getVariable = (): null => null;
