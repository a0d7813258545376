// Invitations that wait to be accepted, as administrators keep them.
import type { PendingInvitation } from '@attune/contract';
import { type ApiProblem, answer, api, asProblem, command } from '../../api.ts';
import { Loaded } from './loaded.svelte.ts';

export class Invitations {
  readonly list = new Loaded<readonly PendingInvitation[]>(
    async () => (await answer(api.invitations.$get())).invitations,
  );

  /** Ends one. @returns the problem, `null` when its link no longer works */
  async revoke(id: string): Promise<ApiProblem | null> {
    try {
      await answer(api.invitations[':id'].$delete({ param: { id } }, command()));
      return null;
    } catch (error) {
      return asProblem(error);
    } finally {
      // Accepted or expired meanwhile: the list says so.
      await this.list.load();
    }
  }
}
