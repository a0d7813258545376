// The fields of a form that hold something impossible, such as half a date: nothing is sent while there is one.

/** The first such field in the form; `null` where everything can be sent. */
export function illegalField(form: HTMLFormElement): HTMLElement | null {
  // The browser hides a date it cannot read; asking it makes the field say so.
  const isWrong = (field: HTMLElement) =>
    field.dataset.illegal !== undefined ||
    (field instanceof HTMLInputElement && /^date/.test(field.type) && !field.checkValidity());
  return [...form.querySelectorAll<HTMLElement>('input, select, textarea')].filter(isWrong)[0] ?? null;
}
