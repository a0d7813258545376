// How a change's patch is made and applied: the same on both sides. Apart from the schemas, so that a page which follows a
// session carries none.
import type { SessionShared, SessionSharedPatch } from './views/sessions.ts';

/** The shared session after a change. */
export function applyPatch(shared: SessionShared, patch: SessionSharedPatch): SessionShared {
  const { changedParticipants, ...replaced } = patch;
  const next = { ...shared, ...replaced };
  if (!changedParticipants) return next;
  const changed = new Map(changedParticipants.map((participant) => [participant.id, participant]));
  return {
    ...next,
    participants: next.participants.map((participant) => changed.get(participant.id) ?? participant),
  };
}

/** The patch that turns one shared session into the other. */
export function patchBetween(before: SessionShared, after: SessionShared): SessionSharedPatch {
  const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
  const { participants: _, ...patch } = Object.fromEntries(
    Object.entries(after).filter(([key, value]) => differs(value, before[key as keyof SessionShared])),
  ) as Partial<SessionShared>;
  const ids = (shared: SessionShared) => shared.participants.map(({ id }) => id);
  if (differs(ids(before), ids(after))) return { ...patch, participants: after.participants };
  const changed = after.participants.filter((participant, index) =>
    differs(participant, before.participants[index]),
  );
  return changed.length > 0 ? { ...patch, changedParticipants: changed } : patch;
}
