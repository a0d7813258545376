// The public names of the contract. The rich-text schema is apart (`@attune/contract/notes-schema`): it carries an editor's
// weight, which the evaluator's first load must not.
export * from './answer-reading.ts';
export * from './close-codes.ts';
export * from './ids.ts';
export * from './message-types.ts';
export * from './messages.ts';
export * from './notes-doc.ts';
export * from './person-colour.ts';
export * from './person-name.ts';
export * from './presence.ts';
export * from './problem.ts';
export * from './room-name.ts';
export * from './sealed-doc.ts';
export * from './session-patch.ts';
export * from './storable.ts';
export * from './views/answers.ts';
export * from './views/board.ts';
export * from './views/display.ts';
export * from './views/joining.ts';
export * from './views/meeting.ts';
export * from './views/notifications.ts';
export * from './views/people.ts';
export * from './views/reach.ts';
export * from './views/scorecards.ts';
export * from './views/security.ts';
export * from './views/sessions.ts';
export * from './views/status.ts';
