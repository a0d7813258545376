// The tables. Rows never leave the stores: they become domain objects there. Every table of a tenant carries its
// organisation, and composite foreign keys keep rows of two organisations from ever meeting.
export * from './schema/documents.ts';
export * from './schema/imports.ts';
export * from './schema/jobs.ts';
export * from './schema/joining.ts';
export * from './schema/notifications.ts';
export * from './schema/people.ts';
export * from './schema/requests.ts';
export * from './schema/revotes.ts';
export * from './schema/scorecards.ts';
export * from './schema/security.ts';
export * from './schema/server-key.ts';
export * from './schema/sessions.ts';
