// Clients as they are offered for something new: without what is archived.
import type { ClientView } from '@attune/contract';
import type { Grant } from '@attune/domain';

/** What can be chosen of the organisation: a client, all its lines with it, or one of them. */
export interface OfferedClient extends Grant {
  readonly clientName: string;
  readonly lobName: string | null;
}

/** Each client, and after it its lines. @param isKept as for `livingClients` */
export const offeredClients = (
  clients: readonly ClientView[],
  isKept?: (grant: Grant) => boolean,
): OfferedClient[] =>
  livingClients(clients, isKept).flatMap(({ id: clientId, name: clientName, lobs }) => [
    { clientId, lobId: null, clientName, lobName: null },
    ...lobs.map(({ id: lobId, name: lobName }) => ({ clientId, lobId, clientName, lobName })),
  ]);

/** @param isKept what is chosen already, and so stays in sight though it is archived */
function livingClients(
  clients: readonly ClientView[],
  isKept: (grant: Grant) => boolean = () => false,
): ClientView[] {
  return clients.flatMap((client) => {
    const lobs = client.lobs.filter(
      ({ id, archived }) => isKept({ clientId: client.id, lobId: id }) || !(archived || client.archived),
    );
    const isOffered = !client.archived || lobs.length > 0 || isKept({ clientId: client.id, lobId: null });
    return isOffered ? [{ ...client, lobs }] : [];
  });
}
