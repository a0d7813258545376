// Whether this page is of an earlier version than the server: what it has not loaded yet is gone then, and only loading the page
// anew helps.

/** Whether the server's page starts with other code than this one. */
async function isOther(): Promise<boolean> {
  const own = document.querySelector('script[type=module][src]')?.getAttribute('src');
  if (!own) return false;
  try {
    const page = await fetch(location.pathname, { cache: 'no-store', headers: { accept: 'text/html' } });
    return page.ok && !(await page.text()).includes(own);
  } catch {
    return false;
  }
}

class Outdated {
  #is = $state.raw(false);

  constructor() {
    // Vite's word for a part of the page that could not be loaded.
    addEventListener('vite:preloadError', () => {
      if (!this.#is) void this.#findOut();
    });
  }

  /** From the first part that could not be loaded because it is of another version. */
  get is(): boolean {
    return this.#is;
  }

  async #findOut(): Promise<void> {
    this.#is = await isOther();
  }
}

export const outdated = new Outdated();
