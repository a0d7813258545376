// What a field says in which one chooses by typing.
import { plural } from '../lib/format.ts';

export const combobox = {
  placeholder: 'Type a name',
  found: (n: number) => plural(n, { one: '# choice.', other: '# choices.' }),
} as const;
