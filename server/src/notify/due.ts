// Reminders of scoring that is due soon, as jobs: one looks every minute in which sessions someone is still to be told, and adds one
// for each of them. Whoever joins later is found by a later look.
import * as z from 'zod/mini';
import { defineKind, defineRecurring, type Kind } from '../jobs/kind.ts';
import { addJob } from '../jobs/store.ts';
import { listDueSoon, listMissing } from './due.store.ts';
import { announceTo, type NotifyDeps } from './service.ts';
import { insertNotifications } from './store.ts';

const everyMs = 60_000;
/** Scoring is due soon from so long before. */
const dueSoonMs = 24 * 60 * 60 * 1_000;

const payload = z.object({ sessionId: z.uuid(), dueAt: z.iso.datetime() });

export function dueKinds({ bus, newId }: Pick<NotifyDeps, 'bus' | 'newId'>): Kind[] {
  const look = defineRecurring('look-for-due', everyMs, async (tx, now) => {
    const until = new Date(Date.parse(now) + dueSoonMs).toISOString();
    for (const { organisationId, sessionId, dueAt } of await listDueSoon(tx, now, until))
      await addJob(tx, organisationId, {
        id: newId(),
        kind: 'due-near',
        key: `${sessionId} ${dueAt}`,
        payload: { sessionId, dueAt },
        dueAt: now,
      });
    return {};
  });
  const tell = defineKind('due-near', payload, async (tx, { organisationId, payload: due, now }) => {
    if (organisationId === null) throw new Error('a session is of an organisation');
    const missing = now < due.dueAt ? await listMissing(tx, organisationId, due) : [];
    const tellings = missing.map((memberId) => ({ memberId, kind: 'due-near', once: due.dueAt }) as const);
    const about = { sessionId: due.sessionId, byName: null, at: now, newId };
    const told = await insertNotifications(tx, organisationId, tellings, about);
    return { tell: () => announceTo(bus, organisationId, told) };
  });
  return [look, tell];
}
