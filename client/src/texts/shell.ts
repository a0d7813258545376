// The words every page may need at once; the frame's others are in frame.ts.
export const shell = {
  product: 'Attune',
  skip: 'Skip to content',
  retry: 'Try again',
  loading: 'Loading…',
  /** In place of the padlock's promise, where it would not be true. */
  doubts: {
    demo: 'Demo: anyone can sign in as you, so nothing is sealed.',
    plain: 'Not encrypted: whoever shares this network can read along.',
  },
  broken: {
    title: 'This page could not be shown',
    body: 'Something in it failed. Trying again often helps; nothing you typed elsewhere is lost.',
  },
} as const;
