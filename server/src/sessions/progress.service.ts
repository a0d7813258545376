// How far each participant is: n of m answered, and nothing else about their answers (C5, live.md 4.1).
import { announce, writeChange } from './changes.ts';
import type { CommandDeps } from './execute.ts';
import { lockSession, saveAnswered, saveColumns } from './store.ts';
import type { StoredSession } from './stored-session.ts';

/** Records how many questions a participant has answered; a count that others know already changes nothing. */
export async function recordProgress(
  deps: Pick<CommandDeps, 'db' | 'bus' | 'now'>,
  organisationId: string,
  sessionId: string,
  participantId: string,
  answered: number,
): Promise<void> {
  const now = deps.now();
  const saved = await deps.db.transaction(async (tx): Promise<StoredSession | null> => {
    const stored = await lockSession(tx, organisationId, sessionId);
    const participant = stored?.session.participants.find(({ id }) => id === participantId);
    if (!stored || participant?.state !== 'scoring' || stored.session.status !== 'scoring') return null;
    if (stored.answered.get(participantId) === answered) return null;
    await saveAnswered(tx, organisationId, participantId, answered);
    const after: StoredSession = {
      ...stored,
      number: stored.number + 1,
      answered: new Map([...stored.answered, [participantId, answered]]),
    };
    await saveColumns(tx, after);
    await writeChange(tx, stored, after, [{ type: 'progress', byMemberId: null, participantId }], now);
    return after;
  });
  if (saved) announce(deps.bus, saved);
}
