// What is done to a scorecard as a whole. Each says why it was not done; none rejects.
import { type ApiProblem, answer, api, asProblem, command } from '../../api.ts';

const tried = async (run: () => Promise<unknown>): Promise<ApiProblem | null> => {
  try {
    await run();
    return null;
  } catch (error) {
    return asProblem(error);
  }
};

/** Takes a draft away as it was last seen. */
export const discardDraft = (
  id: string,
  { versionId, revision }: { readonly versionId: string; readonly revision: number },
): Promise<ApiProblem | null> =>
  tried(() =>
    answer(
      api.scorecards[':id'].draft.$delete(
        { param: { id }, query: { versionId, revision: String(revision) } },
        command(),
      ),
    ),
  );

export const archiveScorecard = (id: string): Promise<ApiProblem | null> =>
  tried(() => answer(api.scorecards[':id'].archive.$post({ param: { id } }, command())));

/** Begins the next version of what is published, or goes on with the one begun. */
export const beginDraft = (id: string): Promise<ApiProblem | null> =>
  tried(() => answer(api.scorecards[':id'].draft.$post({ param: { id } }, command())));
