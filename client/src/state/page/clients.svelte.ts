// The organisation's clients with their lines of business, as administrators see and change them. What is changed is in the list when
// the server has said so.
import type { ClientView } from '@attune/contract';
import { answer, api, command } from '../../api.ts';
import { Loaded } from './loaded.svelte.ts';

/** A client, or one of its lines. */
export interface Place {
  readonly client: ClientView;
  readonly lob: ClientView['lobs'][number] | null;
}

interface Change {
  readonly name?: string;
  readonly archived?: boolean;
}

export class Clients {
  readonly list: Loaded<readonly ClientView[]> = new Loaded(
    async () => (await answer(api.clients.$get())).clients,
  );

  /** By name, what is archived last. */
  get shown(): readonly ClientView[] {
    return [...(this.list.value ?? [])].sort((one, other) => Number(one.archived) - Number(other.archived));
  }

  /** @throws an API problem */
  async add(name: string, lobs: readonly string[]): Promise<void> {
    this.#take(await answer(api.clients.$post({ json: { name, lobs: [...lobs] } }, command())));
  }

  /** @throws an API problem */
  async addLob(client: ClientView, name: string): Promise<void> {
    const request = { param: { id: client.id }, json: { name } };
    this.#take(await answer(api.clients[':id'].lobs.$post(request, command())));
  }

  /** @throws an API problem */
  async change({ client, lob }: Place, json: Change): Promise<void> {
    this.#take(
      await answer(
        lob
          ? api.clients[':id'].lobs[':lobId'].$patch(
              { param: { id: client.id, lobId: lob.id }, json },
              command(),
            )
          : api.clients[':id'].$patch({ param: { id: client.id }, json }, command()),
      ),
    );
  }

  #take(changed: ClientView): void {
    const others = (this.list.value ?? []).filter(({ id }) => id !== changed.id);
    const byName = [...others, changed].sort((one, other) => one.name.localeCompare(other.name));
    this.list.take(byName);
  }
}
