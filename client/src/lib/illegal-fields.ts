// The fields of a form that hold something which is no possible value, such as half a date: none of it is sent.

/** The first such field in the form, told so; `null` where everything can be sent. */
export function illegalField(form: HTMLFormElement): HTMLElement | null {
  // A date is read by the browser, which keeps what it cannot read to itself: asking makes the field say so.
  const isWrong = (field: HTMLElement) =>
    field.dataset.illegal !== undefined ||
    (field instanceof HTMLInputElement && /^date/.test(field.type) && !field.checkValidity());
  return [...form.querySelectorAll<HTMLElement>('input, select, textarea')].filter(isWrong)[0] ?? null;
}
