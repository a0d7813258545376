// Whether someone is in the middle of typing: then nothing may move under their hands.

/** Whether text is typed into it. */
export const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches(
      'textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=range])',
    ));

/** Whether the focus is in a field, or a dialog asks for something. */
export const isTyping = (): boolean =>
  isTextField(document.activeElement) || document.querySelector('dialog[open]') !== null;
