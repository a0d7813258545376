// Where something is wrong in an imported scorecard, and what.
import { m } from '../paraglide/messages.js';

const names: Readonly<Record<string, (number: number) => string>> = {
  sections: (number) => m.scorecards_import_section({ number }),
  questions: (number) => m.scorecards_import_question({ number }),
  options: (number) => m.scorecards_import_option({ number }),
  anchors: (number) => m.scorecards_import_anchor({ number }),
  examples: (number) => m.scorecards_import_example({ number }),
  lines: (number) => m.scorecards_import_line({ number }),
};

/** `/sections/0/questions/2/prompt` → `Section 1, question 3, prompt`; a name of the file's own stays as it is written there. */
export function placeInDocument(pointer: string): string {
  const parts = pointer.split('/').slice(1);
  const words: string[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const [name = '', number] = [parts[at], parts[at + 1]];
    const say = names[name];
    if (say && number !== undefined && /^\d+$/.test(number)) {
      words.push(say(Number(number) + 1));
      at += 1;
    } else words.push(name);
  }
  return words.length > 0 ? words.join(', ') : m.scorecards_import_whole();
}

/** The sentence for what is wrong there: with the file, or with a draft made of it. */
export const importProblems = ({ code }: { readonly code: string }): string =>
  m.editor_problem({ code }) || m.problem_input({ code }) || m.problem_input({ code: 'invalid' });
