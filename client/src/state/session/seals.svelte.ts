// The seals of a session: everyone's commitment, as the server has fixed it, and short forms to compare by eye.
import type { CommitmentList } from '@attune/contract';
import { answer, api } from '../../api.ts';
import { Loaded } from '../page/loaded.svelte.ts';

/** The list, asked for when it is looked at, and again whenever someone submits or takes back. */
export const sealsOf = (sessionId: string): Loaded<CommitmentList['commitments']> =>
  new Loaded(async () => {
    const param = { id: sessionId };
    return (await answer(api.sessions[':id'].commitments.$get({ param }))).commitments;
  });

/** The first 64 bits, in groups that can be read aloud. */
export const fingerprint = (commitment: string): string =>
  (commitment.slice(0, 16).match(/.{1,4}/g) ?? []).join(' ');
