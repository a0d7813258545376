// What is asked about before it is done, in the page's own words.

/** A step that needs a confirmation. */
export type Step = 'start' | 'reveal' | 'close' | 'delete' | 'take-over';

/** Whatever opens over the page: a step, or a dialog of its own. */
export type Asked = Step | 'hand-over' | 'links' | 'people';
