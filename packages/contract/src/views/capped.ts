// Elements of long lists: checked one after the other, until it is clear that the list is wrong.
import type * as z from 'zod/mini';

/** Issues collected among capped elements in one reading. */
const mostIssues = 100;
const found = new WeakMap<object, number>();

/**
 * The schema for an element of a list or record that can be long. Beyond so many issues in one reading the rest is not looked
 * at: it fails anyway, and telling a hundred thousand wrong elements one by one would take the server seconds. For no branch of
 * a plain union: what fails in one branch would count against the next.
 */
export function capped<S extends z.core.$ZodType>(element: S): S {
  const { run } = element._zod;
  element._zod.run = (payload, context) => {
    const before = found.get(context) ?? 0;
    if (before >= mostIssues) return payload;
    const result = run(payload, context);
    if (!(result instanceof Promise) && result.issues.length > 0)
      found.set(context, before + result.issues.length);
    return result;
  };
  return element;
}
