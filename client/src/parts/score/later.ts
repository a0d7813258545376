// Parts of the scoring page that the first question does without. Each is fetched when it is needed, or once the page has
// stood for a while, so that it is there when the network is not.

/** Long enough for the first question to have the network for itself. */
const patienceMs = 4_000;

export const later = {
  actions: () => import('./actions.ts'),
  interaction: () => import('./Interaction.svelte'),
  problems: () => import('./Problems.svelte'),
  submitted: () => import('./Submitted.svelte'),
};

/** Fetches all of it after a while, or as soon as there is a network then. Returns what keeps it from doing so. */
export function fetchLater(): () => void {
  const evidence = () => import('../question/EvidenceFields.svelte');
  const fetch = () => {
    // What fails now is tried again when it is needed.
    for (const one of [evidence, ...Object.values(later)]) void one().catch(() => {});
  };
  const timer = setTimeout(() => {
    if (navigator.onLine) fetch();
    else addEventListener('online', fetch, { once: true });
  }, patienceMs);
  return () => {
    clearTimeout(timer);
    removeEventListener('online', fetch);
  };
}
