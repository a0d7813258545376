// One's notifications in the app (O7): how many are unread, live over the feed; and the list, a page at a time, when it is looked
// at. Belongs to the frame: a page without one loads none of it.
import type { NotificationView } from '@attune/contract';
import { type ApiProblem, answer, api, asProblem, command } from '../../api.ts';
import { feed } from './feed.svelte.ts';

const pageSize = 30;

class Inbox {
  #unread = $state(0);
  #items = $state.raw<readonly NotificationView[] | null>(null);
  #cursor = $state.raw<string | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #isLoading = $state(false);
  /** Whether the list is on the screen, and has to be kept true. */
  #isOpen = false;

  /** How many are unread. */
  get unread(): number {
    return this.#unread;
  }

  /** The latest first; `null` before the first page is there. */
  get items(): readonly NotificationView[] | null {
    return this.#items;
  }

  /** Whether there are older ones to be loaded. */
  get hasMore(): boolean {
    return this.#cursor !== null;
  }

  get problem(): ApiProblem | null {
    return this.#problem;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  /**
   * Keeps the count true. @param told hears of the newest when something new came
   * @returns what ends it
   */
  listen(memberId: string, told: (newest: NotificationView) => void): () => void {
    void this.#ask(1).then((page) => page && this.#count(page.unread));
    return feed.listenInbox(memberId, (unread) => {
      const isMore = unread === null || unread > this.#unread;
      if (unread !== null) this.#count(unread);
      if (isMore) void this.#hearNewest(told);
      else if (this.#isOpen) void this.load();
    });
  }

  async #hearNewest(told: (newest: NotificationView) => void): Promise<void> {
    const before = this.#unread;
    const page = await this.#ask(1);
    if (!page) return;
    this.#count(page.unread);
    const [newest] = page.notifications;
    if (newest && newest.readAt === null && page.unread >= before) told(newest);
    if (this.#isOpen) await this.load();
  }

  /** Shows the list from the top. @returns what is called when it leaves the screen */
  open(): () => void {
    this.#isOpen = true;
    void this.load();
    return () => {
      this.#isOpen = false;
    };
  }

  readonly load = async (): Promise<void> => {
    this.#isLoading = true;
    const page = await this.#ask(pageSize);
    this.#isLoading = false;
    if (!page) return;
    this.#count(page.unread);
    this.#items = page.notifications;
    this.#cursor = page.nextCursor;
  };

  async more(): Promise<void> {
    if (this.#cursor === null || this.#isLoading) return;
    this.#isLoading = true;
    const page = await this.#ask(pageSize, this.#cursor);
    this.#isLoading = false;
    if (!page) return;
    const known = new Set(this.#items?.map(({ id }) => id));
    this.#items = [...(this.#items ?? []), ...page.notifications.filter(({ id }) => !known.has(id))];
    this.#cursor = page.nextCursor;
  }

  /** Marks as read: the given ones, or all. What is on the screen changes at once. */
  async read(ids: readonly string[] | null): Promise<void> {
    const readAt = new Date().toISOString();
    const before = this.#items;
    this.#items =
      before?.map((item) =>
        item.readAt === null && (ids === null || ids.includes(item.id)) ? { ...item, readAt } : item,
      ) ?? null;
    try {
      const json = ids === null ? {} : { ids: [...ids] };
      const { unread } = await answer(api.notifications.read.$post({ json }, command()));
      this.#count(unread);
      this.#problem = null;
    } catch (error) {
      this.#items = before;
      this.#problem = asProblem(error);
    }
  }

  async #ask(limit: number, cursor?: string) {
    try {
      const query = { limit: String(limit), ...(cursor ? { cursor } : {}) };
      const page = await answer(api.notifications.$get({ query }));
      this.#problem = null;
      return page;
    } catch (error) {
      this.#problem = asProblem(error);
      return null;
    }
  }

  #count(unread: number): void {
    this.#unread = unread;
  }
}

export const inbox = new Inbox();
