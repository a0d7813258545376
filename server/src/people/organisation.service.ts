// What is set for the whole organisation (O1): its name, whose days count, what new calibrations begin with, whether guests may come.
import type {
  OrganisationChange,
  OrganisationSettings,
  PresentOrganisation,
  SecurityDetail,
} from '@attune/contract';
import { type Actor, mayDo } from '@attune/domain';
import type { Caller } from '../caller.ts';
import type { Database, Tx } from '../db/client.ts';
import type { Unit } from '../db/transact.ts';
import { conflict, denied, done, type Outcome } from '../outcome.ts';
import { logSecurity, type SecurityDeps } from '../security/log.ts';
import { findMember, findOrganisation, lockOrganisation, updateOrganisation } from './store.ts';

/** The settings as they are, for every administrator. */
export async function readSettings(db: Database, actor: Actor): Promise<Outcome<OrganisationSettings>> {
  if (!mayDo(actor, 'members.administer')) return denied('not-allowed');
  return done((await found(db, actor.organisationId)).settings);
}

/**
 * Changes what is given, over the revision it was chosen for: over another one nothing is changed, and `stale` says how it is
 * instead. Guests who are in stay, and calibrations keep the threshold they have.
 */
export async function changeSettings(
  deps: SecurityDeps,
  unit: Unit,
  actor: Actor,
  { revision, ...wanted }: OrganisationChange,
  caller: Caller,
): Promise<Outcome<OrganisationSettings>> {
  if (!mayDo(actor, 'organisation.change')) return denied('not-allowed');
  const { tx } = unit;
  const { organisationId, memberId: actorId } = actor;
  await lockOrganisation(tx, organisationId);
  const { settings: before, changedBy } = await found(tx, organisationId);
  if (before.revision !== revision) {
    const by = changedBy && (await findMember(tx, organisationId, changedBy));
    const present: PresentOrganisation = { settings: before, byName: by ? by.name : null };
    return conflict('stale', present);
  }
  const after = { ...before, ...given(wanted) };
  const detail = changesOf(before, after);
  if (Object.keys(detail).length === 0) return done(before);
  const next = revision + 1;
  await updateOrganisation(tx, organisationId, { ...given(wanted), by: actorId, revision: next });
  const told = { kind: 'organisation-changed', organisationId, actorId, caller } as const;
  await logSecurity(deps, unit, { ...told, detail });
  return done({ ...after, revision: next });
}

async function found(db: Database | Tx, organisationId: string) {
  const row = await findOrganisation(db, organisationId);
  if (!row) throw new Error('an actor without an organisation');
  const { name, timeZone, thresholdHundredths, guestsAllowed, settingsRevision, settingsBy } = row;
  const settings = { name, timeZone, thresholdHundredths, guestsAllowed, revision: settingsRevision };
  return { settings, changedBy: settingsBy };
}

type Wanted = Omit<OrganisationChange, 'revision'>;

/** What is left out stays, and is not there. */
const given = ({ name, timeZone, thresholdHundredths, guestsAllowed }: Wanted) => ({
  ...(name !== undefined && { name }),
  ...(timeZone !== undefined && { timeZone }),
  ...(thresholdHundredths !== undefined && { thresholdHundredths }),
  ...(guestsAllowed !== undefined && { guestsAllowed }),
});

/** Each setting that is another now, as it was and as it is. */
function changesOf(before: OrganisationSettings, after: OrganisationSettings): SecurityDetail {
  return {
    ...(before.name !== after.name && { nameBefore: before.name, nameAfter: after.name }),
    ...(before.timeZone !== after.timeZone && {
      timeZoneBefore: before.timeZone,
      timeZoneAfter: after.timeZone,
    }),
    ...(before.thresholdHundredths !== after.thresholdHundredths && {
      thresholdBefore: before.thresholdHundredths,
      thresholdAfter: after.thresholdHundredths,
    }),
    ...(before.guestsAllowed !== after.guestsAllowed && { guestsAllowed: after.guestsAllowed }),
  };
}
