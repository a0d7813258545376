// A session before scoring: made, edited, peopled, deleted (C2, C4), and taken over by another lead (C3).
import {
  type Actor,
  type HinderedMember,
  type Hindrance,
  mayDo,
  mayNotTakePart,
  mayScorecard,
  mayTakePartIn,
  narrowScorecard,
  questionsOf,
  type Scope,
  type Scorecard,
  type Settings,
  whyNotStay,
  whyNotTakePart,
} from '@attune/domain';
import type { Tx } from '../db/client.ts';
import { newSessionKey, wrapSessionKey } from '../documents/seal.ts';
import { findMember, type Member } from '../people/store.ts';
import { appendAudit, firstAuditHead } from './audit.ts';
import { type CommandDeps, type Outcome, runCommand, writeChange } from './command.service.ts';
import { findPublishedVersion, scopeExists } from './lookup.store.ts';
import { insertDocument, insertSession, loadSession, saveSession } from './store.ts';
import type { StoredSession } from './stored-session.ts';

/** Bad input that only rows can tell: a JSON pointer and what mends it. */
export interface SettingsProblem {
  readonly pointer: string;
  readonly detail: string;
}

export type CreateOutcome =
  | { readonly ok: true; readonly sessionId: string }
  | { readonly ok: false; readonly denied: 'not-allowed' }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

/** Makes a session in `draft`, facilitated by the actor (C2). */
export async function createSession(
  deps: CommandDeps,
  actor: Actor,
  settings: Settings,
): Promise<CreateOutcome> {
  if (!mayDo(actor, 'calibrations.create')) return { ok: false, denied: 'not-allowed' };
  const now = deps.now();
  const sessionId = deps.newId();
  const { organisationId } = actor;
  const outcome = await deps.db.transaction(async (tx): Promise<CreateOutcome> => {
    const checked = await checkSettings(tx, actor, settings);
    if ('problems' in checked) return { ok: false, problems: checked.problems };
    await insertSession(tx, organisationId, {
      id: sessionId,
      facilitatorId: actor.memberId,
      settings,
      wrappedKey: wrapSessionKey(deps.serverKey, { organisationId, sessionId }, newSessionKey()),
      auditHead: firstAuditHead(sessionId),
      now,
    });
    await insertDocument(tx, organisationId, { id: deps.newId(), sessionId, participantId: null });
    const stored = await loadSession(tx, organisationId, sessionId);
    if (!stored) throw new Error('a session just inserted is not there');
    const logged = await appendAudit(
      tx,
      stored,
      [{ type: 'created', name: settings.name }],
      actor.memberId,
      now,
    );
    const saved = { ...logged, number: 1 };
    await saveSession(tx, saved, null);
    await writeChange(tx, stored, saved, [{ type: 'created', byMemberId: actor.memberId }], now);
    return { ok: true, sessionId };
  });
  if (outcome.ok) deps.bus.publish({ type: 'session-changed', organisationId, sessionId, number: 1 });
  return outcome;
}

/** Replaces a draft's settings (C4). */
export async function editSettings(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  settings: Settings,
): Promise<Outcome | { readonly ok: false; readonly problems: readonly SettingsProblem[] }> {
  let problems: readonly SettingsProblem[] = [];
  const outcome = await runCommand(deps, actor, sessionId, 'session.facilitate', async (tx, stored) => {
    if (stored.session.status !== 'draft') {
      return { refusal: { code: 'wrong-status', status: stored.session.status, needs: ['draft'] } };
    }
    const checked = await checkSettings(tx, actor, settings);
    if ('problems' in checked) {
      problems = checked.problems;
      // Refused with the problems below; the refusal itself is never shown.
      return { refusal: { code: 'unknown-question', questionId: '' } };
    }
    const people = await hinderedBy(tx, stored, settings.scope);
    if (people.length > 0) return { refusal: { code: 'may-not-take-part', people } };
    return { command: { type: 'edit-settings', settings, scorecard: checked.scorecard } };
  });
  return problems.length > 0 ? { ok: false, problems } : outcome;
}

/** Everyone of the session whom the scope would put out of it. */
async function hinderedBy(tx: Tx, stored: StoredSession, scope: Scope): Promise<HinderedMember[]> {
  const hindered: HinderedMember[] = [];
  for (const { memberId } of stored.session.participants) {
    const member = await findMember(tx, stored.organisationId, memberId);
    const hindrance: Hindrance | null = member ? whyNotStay(member, scope) : { why: 'unknown' };
    if (hindrance) hindered.push({ memberId, ...hindrance });
  }
  return hindered;
}

async function checkSettings(
  tx: Tx,
  actor: Actor,
  settings: Settings,
): Promise<{ scorecard: Scorecard } | { problems: SettingsProblem[] }> {
  const problems: SettingsProblem[] = [];
  const { organisationId } = actor;
  if (!(await scopeExists(tx, organisationId, settings.scope))) {
    problems.push({ pointer: '/scope', detail: 'Choose a client, or a line of business of that client.' });
  } else if (!mayTakePartIn(actor.access, settings.scope)) {
    problems.push({
      pointer: '/scope',
      detail: 'Choose a client or line of business that is all yours, or organisation-wide.',
    });
  }
  const version = await findPublishedVersion(tx, organisationId, settings.scorecardVersionId);
  if (
    !version ||
    !mayScorecard(actor, 'scorecard.read', { organisationId, scope: version.scope, published: true })
  ) {
    problems.push({ pointer: '/scorecardVersionId', detail: 'Choose a published scorecard.' });
    return { problems };
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

/** Guests come in by the join link alone. */
function whyNotInvite(member: Member | null, scope: Scope): Hindrance | null {
  if (!member) return { why: 'unknown' };
  return member.guest ? { why: 'guest' } : whyNotTakePart(member, scope);
}

/** Adds a member, in draft or late in scoring (C4, C5). */
export function addParticipant(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  memberId: string,
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async (tx, { session }) => {
    const invited = await findMember(tx, actor.organisationId, memberId);
    const hindrance = whyNotInvite(invited, session.settings.scope);
    if (!invited || hindrance) return { refusal: mayNotTakePart(memberId, hindrance ?? { why: 'unknown' }) };
    return {
      command: { type: 'add-participant', participantId: deps.newId(), memberId, access: invited.access },
    };
  });
}

export function removeParticipant(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  participantId: string,
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async () => ({
    command: { type: 'remove-participant', participantId },
  }));
}

export function deleteDraft(deps: CommandDeps, actor: Actor, sessionId: string): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async () => ({
    command: { type: 'delete' },
  }));
}

/** Makes the actor, another lead who may facilitate it, the facilitator (C3). */
export function takeOver(deps: CommandDeps, actor: Actor, sessionId: string): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.take-over', async () => ({
    command: { type: 'take-over', memberId: actor.memberId },
  }));
}
