// What only rows can tell is wrong with a session's settings (C2, C4): a client that is not there, a scorecard one may not use.
import {
  type Actor,
  isSameScope,
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
import type { InputFault } from '../outcome.ts';
import { findPublishedVersion, findScopeStanding, holdScorecardOf } from './lookup.store.ts';

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
): Promise<{ scorecard: Scorecard } | { problems: InputFault[] }> {
  const problems: InputFault[] = [];
  const { organisationId } = actor;
  const standing = await findScopeStanding(tx, organisationId, settings.scope);
  if (standing === null) {
    problems.push({ pointer: '/scope', code: 'scope-unknown' });
  } else if (standing === 'archived' && !(before && isSameScope(before.scope, settings.scope))) {
    problems.push({ pointer: '/scope', code: 'scope-archived' });
  } else if (!mayTakePartIn(actor.access, settings.scope)) {
    problems.push({
      pointer: '/scope',
      code: 'scope-not-covered',
    });
  }
  for (const name of timesInPast(settings, before, now))
    problems.push({ pointer: `/${name}`, code: 'time-past' });
  await holdScorecardOf(tx, organisationId, settings.scorecardVersionId);
  const version = await findPublishedVersion(tx, organisationId, settings.scorecardVersionId);
  if (
    !version ||
    !mayScorecard(actor, 'scorecard.read', { organisationId, scope: version.scope, published: true })
  ) {
    problems.push({ pointer: '/scorecardVersionId', code: 'scorecard-not-published' });
    return { problems };
  }
  // New work is done on the newest version alone (S1).
  if (version.standing !== 'newest')
    problems.push({ pointer: '/scorecardVersionId', code: `scorecard-${version.standing}` });
  const known = new Set(questionsOf(version.content).map(({ id }) => id));
  if (settings.questionIds?.some((id) => !known.has(id))) {
    problems.push({ pointer: '/questionIds', code: 'questions-unknown' });
  }
  if (settings.questionIds && new Set(settings.questionIds).size !== settings.questionIds.length) {
    problems.push({ pointer: '/questionIds', code: 'questions-repeated' });
  }
  return problems.length > 0
    ? { problems }
    : { scorecard: narrowScorecard(version.content, settings.questionIds) };
}
