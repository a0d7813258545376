// Clients and their lines of business (O3): made, renamed, archived, taken up again. Nothing is deleted: what was done for a client
// names it for good.
import { type Actor, mayChangeClient, mayDo, mayListIn } from '@attune/domain';
import type { Database } from '../db/client.ts';
import type { Unit } from '../db/transact.ts';
import { badInput, denied, done, type Outcome } from '../outcome.ts';
import {
  type Client,
  insertClient,
  insertLob,
  listClients,
  updateClient,
  updateLob,
} from './clients.store.ts';
import { lockOrganisation } from './store.ts';

export interface ClientDeps {
  readonly now: () => string;
  readonly newId: () => string;
}

/** What is to change; what is left out stays. */
export interface NamedChange {
  readonly name?: string | undefined;
  readonly archived?: boolean | undefined;
}

/**
 * The clients and lines of business that the actor works for, in whole or in part (O4); every one for administrators, who grant them.
 * None for whoever came by a session's link: a guest must not learn whom the organisation works for.
 */
export async function readClients(db: Database, actor: Actor): Promise<Outcome<Client[]>> {
  if (!mayDo(actor, 'clients.list')) return denied('not-allowed');
  const clients = await listClients(db, actor.organisationId);
  if (mayDo(actor, 'members.administer')) return done(clients);
  const own = clients
    .filter(({ id }) => mayListIn(actor.access, { kind: 'client', clientId: id }))
    .map((client) => ({
      ...client,
      lobs: client.lobs.filter(({ id }) =>
        mayListIn(actor.access, { kind: 'lob', clientId: client.id, lobId: id }),
      ),
    }));
  return done(own);
}

/** Adds a client with lines of business. Names are the client's own: no two clients, and no two of its lines, share one. */
export async function addClient(
  deps: ClientDeps,
  { tx }: Unit,
  actor: Actor,
  body: { name: string; lobs: readonly string[] },
): Promise<Outcome<Client>> {
  if (!mayDo(actor, 'clients.change')) return denied('not-allowed');
  const areLobsAlike = body.lobs.some((name, at) => isTaken(namesOf(body.lobs.slice(0, at)), name));
  if (areLobsAlike) return badInput('/lobs', 'lob-repeated');
  await lockOrganisation(tx, actor.organisationId);
  if (isTaken(await listClients(tx, actor.organisationId), body.name)) return badInput('/name', 'name-taken');
  const lobs = body.lobs.map((name) => ({ id: deps.newId(), name, archived: false }));
  const added = { id: deps.newId(), name: body.name, archived: false, lobs };
  await insertClient(tx, actor.organisationId, added);
  return done(added);
}

/** Renames a client, archives it, or takes it up again. */
export async function changeClient(
  deps: ClientDeps,
  unit: Unit,
  actor: Actor,
  clientId: string,
  change: NamedChange,
): Promise<Outcome<Client>> {
  const found = await lockToChange(unit, actor, clientId);
  if (found.kind !== 'done') return found;
  const { client, others } = found.value;
  if (change.name !== undefined && isTaken(others, change.name)) return badInput('/name', 'name-taken');
  await updateClient(unit.tx, actor.organisationId, clientId, columnsOf(deps, client, change));
  return readOne(unit, actor, clientId);
}

/** Adds a line of business to a client. */
export async function addLob(
  deps: ClientDeps,
  unit: Unit,
  actor: Actor,
  clientId: string,
  { name }: { readonly name: string },
): Promise<Outcome<Client>> {
  const found = await lockToChange(unit, actor, clientId);
  if (found.kind !== 'done') return found;
  if (isTaken(found.value.client.lobs, name)) return badInput('/name', 'name-taken');
  await insertLob(unit.tx, actor.organisationId, clientId, { id: deps.newId(), name });
  return readOne(unit, actor, clientId);
}

/** Renames a line of business, archives it, or takes it up again. */
export async function changeLob(
  deps: ClientDeps,
  unit: Unit,
  actor: Actor,
  { clientId, lobId }: { readonly clientId: string; readonly lobId: string },
  change: NamedChange,
): Promise<Outcome<Client>> {
  const found = await lockToChange(unit, actor, clientId);
  if (found.kind !== 'done') return found;
  const lob = found.value.client.lobs.find(({ id }) => id === lobId);
  if (!lob) return denied('not-found');
  const others = found.value.client.lobs.filter(({ id }) => id !== lobId);
  if (change.name !== undefined && isTaken(others, change.name)) return badInput('/name', 'name-taken');
  await updateLob(unit.tx, actor.organisationId, clientId, lobId, columnsOf(deps, lob, change));
  return readOne(unit, actor, clientId);
}

const namesOf = (names: readonly string[]) => names.map((name) => ({ name }));

/** Alike but for case is alike: nobody could tell the two apart in a list. */
const isTaken = (others: readonly { readonly name: string }[], wanted: string): boolean =>
  others.some(({ name }) => name.toLowerCase() === wanted.toLowerCase());

/** What was archived before keeps its day. */
const columnsOf = (
  { now }: ClientDeps,
  before: { readonly name: string; readonly archived: boolean },
  { name = before.name, archived = before.archived }: NamedChange,
) => ({ name, ...(archived !== before.archived && { archivedAt: archived ? now() : null }) });

/** The client and its neighbours, held until the transaction ends. */
async function lockToChange(
  { tx }: Unit,
  actor: Actor,
  clientId: string,
): Promise<Outcome<{ client: Client; others: Client[] }>> {
  if (!mayDo(actor, 'members.administer')) return denied('not-allowed');
  await lockOrganisation(tx, actor.organisationId);
  const clients = await listClients(tx, actor.organisationId);
  const client = clients.find(({ id }) => id === clientId);
  if (!client) return denied('not-found');
  if (!mayChangeClient(actor, clientId)) return denied('not-allowed');
  return done({ client, others: clients.filter(({ id }) => id !== clientId) });
}

async function readOne({ tx }: Unit, actor: Actor, clientId: string): Promise<Outcome<Client>> {
  const client = (await listClients(tx, actor.organisationId)).find(({ id }) => id === clientId);
  return client ? done(client) : denied('not-found');
}
