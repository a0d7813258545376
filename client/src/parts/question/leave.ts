// The way out of a field without a mouse.

/** Escape leaves a field for its question, so that the question's keys work again. */
export function leaveField(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  if (event.key !== 'Escape' || event.isComposing) return;
  event.currentTarget.closest<HTMLElement>('.question')?.focus({ preventScroll: true });
}
