// Stands in for lib0's coloured console in the build: Yjs uses it only for a helper of its debugging, and it would bring
// a virtual DOM and a schema library to the phone. A name that Yjs starts to use breaks the build, not the page.
export const [BOLD, UNBOLD, BLUE, GREY, GREEN, RED, PURPLE, ORANGE, UNCOLOR] = Array<string>(9).fill('');
export const print = (): void => {};
export const warn = (): void => {};
