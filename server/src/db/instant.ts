// Instants as PostgreSQL gives them, in the one form the rest of the house knows.

/** An instant of PostgreSQL as ISO 8601 in UTC. */
export const toIso = (instant: string): string => new Date(instant).toISOString();
