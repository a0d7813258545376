// How far an organisation of one's own has come on the way to its first calibration.
import { answer, api } from '../../api.ts';
import { Loaded } from './loaded.svelte.ts';

/** In the order in which one needs the other. */
export const firstSteps = ['clients', 'people', 'scorecard', 'calibration'] as const;
export type FirstStep = (typeof firstSteps)[number];

export class FirstSteps {
  readonly done: Loaded<ReadonlySet<FirstStep>> = new Loaded(async () => {
    const [{ clients }, { members }, { invitations }, { scorecards }] = await Promise.all([
      answer(api.clients.$get()),
      answer(api.members.$get({ query: { signIn: 'with' } })),
      answer(api.invitations.$get()),
      answer(api.scorecards.$get({ query: { status: 'published' } })),
    ]);
    const steps: Readonly<Record<FirstStep, boolean>> = {
      clients: clients.length > 0,
      people: members.length > 1 || invitations.length > 0,
      scorecard: scorecards.length > 0,
      calibration: false,
    };
    return new Set(firstSteps.filter((step) => steps[step]));
  });

  /** What to do next: clients may be left out, so that whatever comes after is not waited for. */
  get next(): FirstStep | null {
    const done = this.done.value;
    if (!done) return null;
    const left = firstSteps.filter((step) => !done.has(step));
    return left.find((step) => step !== 'clients' || done.size === 0) ?? null;
  }
}
