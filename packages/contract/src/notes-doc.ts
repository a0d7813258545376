// Layout of a session's notes document: one XML fragment per question, written through the schema in notes-schema.ts.

/** Largest encoded notes document, after applying an update. */
export const notesDocumentLimitBytes = 1024 * 1024;
/** Deepest nesting of elements in a note. */
export const notesDepthLimit = 32;

const prefix = 'note:';

/** Name of the fragment that holds a question's resolution note. */
export const noteKey = (questionId: string) => `${prefix}${questionId}`;

/** The question a fragment belongs to, `null` for a name outside the layout. */
export const questionOfNoteKey = (name: string): string | null =>
  name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : null;
