// What every dialog does with the focus, as an attachment.

/**
 * Opens a dialog over the page; when it leaves the page the focus is back where it was. Escape must take it out of the page
 * like any other way of closing it, not close it first: removed in the moment in which the browser has just given the focus
 * back, it takes the caret along, and what is typed into the field goes nowhere.
 */
export function modal(dialog: HTMLDialogElement): () => void {
  const before = document.activeElement;
  dialog.showModal();
  return () => {
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
}
