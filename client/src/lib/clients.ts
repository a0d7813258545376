// Clients as they are offered for something new: without what is archived.
import type { ClientView } from '@attune/contract';

/** @param isKept what is chosen already, and so stays in sight though it is archived */
export function livingClients(
  clients: readonly ClientView[],
  isKept: (clientId: string, lobId: string | null) => boolean = () => false,
): ClientView[] {
  return clients.flatMap((client) => {
    const lobs = client.lobs.filter(
      ({ id, archived }) => isKept(client.id, id) || !(archived || client.archived),
    );
    const isOffered = !client.archived || lobs.length > 0 || isKept(client.id, null);
    return isOffered ? [{ ...client, lobs }] : [];
  });
}
