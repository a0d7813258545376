// What only rows can tell is wrong with a session's settings (C2, C4): a client that is not there, a scorecard one may not use.
import type { InputError } from '@attune/contract';
import {
  type Actor,
  type KeptSettings,
  mayScorecard,
  mayTakePartIn,
  narrowScorecard,
  questionsOf,
  type Scorecard,
  type Settings,
  timesInPast,
} from '@attune/domain';
import type { Tx } from '../db/client.ts';
import { findPublishedVersion, scopeExists } from './lookup.store.ts';

/** New work is done on the newest version alone (S1). */
const remedies = {
  superseded: 'A newer version has been published. Choose it.',
  archived: 'This scorecard has been archived. Choose another.',
} as const;

/**
 * The version narrowed to the settings' questions, or every problem with a pointer to its field.
 *
 * @param before the settings that stand; `null` for a new session
 */
export async function checkSettings(
  tx: Tx,
  actor: Actor,
  settings: Settings,
  { before, now }: { readonly before: KeptSettings | null; readonly now: string },
): Promise<{ scorecard: Scorecard } | { problems: InputError[] }> {
  const problems: InputError[] = [];
  const { organisationId } = actor;
  if (!(await scopeExists(tx, organisationId, settings.scope))) {
    problems.push({ pointer: '/scope', detail: 'Choose a client, or a line of business of that client.' });
  } else if (!mayTakePartIn(actor.access, settings.scope)) {
    problems.push({
      pointer: '/scope',
      detail: 'Choose a client or line of business that is all yours, or organisation-wide.',
    });
  }
  for (const name of timesInPast(settings, before, now))
    problems.push({ pointer: `/${name}`, detail: 'Choose a time that is still to come.' });
  const version = await findPublishedVersion(tx, organisationId, settings.scorecardVersionId);
  if (
    !version ||
    !mayScorecard(actor, 'scorecard.read', { organisationId, scope: version.scope, published: true })
  ) {
    problems.push({ pointer: '/scorecardVersionId', detail: 'Choose a published scorecard.' });
    return { problems };
  }
  if (version.standing !== 'newest') {
    problems.push({ pointer: '/scorecardVersionId', detail: remedies[version.standing] });
  }
  const known = new Set(questionsOf(version.content).map(({ id }) => id));
  if (settings.questionIds?.some((id) => !known.has(id))) {
    problems.push({ pointer: '/questionIds', detail: 'Choose questions of the scorecard.' });
  }
  if (settings.questionIds && new Set(settings.questionIds).size !== settings.questionIds.length) {
    problems.push({ pointer: '/questionIds', detail: 'Name each question once.' });
  }
  return problems.length > 0
    ? { problems }
    : { scorecard: narrowScorecard(version.content, settings.questionIds) };
}
