// A calibration's HTTP face: path, who, status. Each route reads at a glance; what happens is the services' business.

import {
  addParticipantBody,
  agreeBody,
  boardView,
  candidateList,
  commitmentList,
  excuseBody,
  recordView,
  sessionCreated,
  sessionListQuery,
  sessionPage,
  sessionSettings,
  sessionView,
  submissionBody,
  submissionView,
  transitionBody,
} from '@attune/contract';
import { recordToJson, stepFrom } from '@attune/domain';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { transact } from '../db/transact.ts';
import type { ActorEnv } from '../http/actor.ts';
import { callerOf } from '../http/caller.ts';
import { idempotent } from '../http/idempotency.ts';
import { ProblemError } from '../http/problem.ts';
import { describe, validateBody, validateParams, validateQuery } from '../http/validate.ts';
import { logSecurity, type SecurityDeps } from '../security/log.ts';
import { meetingToCalendar } from './calendar.ts';
import { createSession } from './create.ts';
import { type CommandDeps, execute, type Outcome } from './execute.ts';
import { listSessions } from './list.store.ts';
import { entersPlace } from './place.routes.ts';
import { readBoard, readCandidates, readCommitments, readView } from './read.ts';
import { readRecord } from './record.ts';
import { recordToCsv } from './record-csv.ts';
import { accepted, commanding, found, participantPath, questionPath, sessionPath } from './replies.ts';
import { sessionToView } from './views.ts';

export interface SessionRoutesDeps extends CommandDeps, SecurityDeps {
  /** The origin people open, which a calendar's link begins with. */
  readonly publicUrl: string;
}

/** What a submission fixed. */
function submissionOf(outcome: Outcome) {
  const submitted = outcome.ok && outcome.events.find((event) => event.type === 'submitted');
  if (!submitted) throw new Error('an accepted submission without its commitment');
  const { participantId, submittedAt, commitment } = submitted;
  return { participantId, submittedAt, commitment };
}

export function createSessionRoutes(deps: SessionRoutesDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  const { db } = deps;
  const once = idempotent(deps);
  const enters = entersPlace(deps);
  const give = commanding(deps);
  /** Told before anything is given out. */
  const tellExport = (c: Context<ActorEnv>, sessionId: string, format: string) => {
    const { organisationId, memberId: actorId } = c.get('actor');
    const told = { kind: 'record-exported', organisationId, actorId, sessionId } as const;
    return transact(db, (unit) =>
      logSecurity(deps, unit, { ...told, caller: callerOf(c), detail: { format } }),
    );
  };
  return new Hono<ActorEnv>()
    .use(requireActor)
    .get(
      '/',
      describe('The calibrations one may see, filtered, sorted, a page at a time (C1).', {
        200: sessionPage,
      }),
      validateQuery(sessionListQuery),
      async (c) => c.json(await listSessions(db, c.get('actor'), c.req.valid('query')), 200),
    )
    .post(
      '/',
      describe('Makes a calibration in draft, facilitated by the caller (C2).', { 201: sessionCreated }),
      once,
      validateBody(sessionSettings, 'document'),
      async (c) => {
        const outcome = await createSession(deps, c.get('actor'), c.req.valid('json'));
        if (outcome.ok) return c.json({ id: outcome.sessionId }, 201);
        if ('denied' in outcome) throw new ProblemError(outcome.denied);
        throw new ProblemError('invalid-input', { errors: outcome.problems });
      },
    )
    .get(
      '/:id',
      describe('One calibration in full, as the caller may see it.', { 200: sessionView }),
      validateParams(sessionPath),
      async (c) => c.json(found(await readView(db, c.get('actor'), c.req.valid('param').id)), 200),
    )
    .put(
      '/:id/settings',
      describe("Replaces a draft's settings (C4).", { 200: sessionView }),
      once,
      validateParams(sessionPath),
      validateBody(sessionSettings, 'document'),
      (c) => give(c, c.req.valid('param').id, { type: 'edit-settings', settings: c.req.valid('json') }),
    )
    .delete(
      '/:id',
      describe('Deletes a draft (C4).', { 204: null }),
      once,
      validateParams(sessionPath),
      async (c) => {
        const actor = c.get('actor');
        const { id: sessionId } = c.req.valid('param');
        accepted(await execute(deps, { actor, sessionId }, { type: 'delete' }), actor);
        return c.body(null, 204);
      },
    )
    .get(
      '/:id/candidates',
      describe('Members who may still be invited, and those who may not, with the reason.', {
        200: candidateList,
      }),
      validateParams(sessionPath),
      async (c) => c.json(found(await readCandidates(db, c.get('actor'), c.req.valid('param').id)), 200),
    )
    .post(
      '/:id/participants',
      describe('Adds a participant, in draft or late in scoring (C4, C5).', { 200: sessionView }),
      once,
      validateParams(sessionPath),
      validateBody(addParticipantBody),
      (c) => give(c, c.req.valid('param').id, { type: 'add-participant', ...c.req.valid('json') }),
    )
    .delete(
      '/:id/participants/:participantId',
      describe('Removes a participant from a draft (C4).', { 200: sessionView }),
      once,
      validateParams(participantPath),
      (c) => {
        const { id, participantId } = c.req.valid('param');
        return give(c, id, { type: 'remove-participant', participantId });
      },
    )
    .post(
      '/:id/participants/:participantId/excuse',
      describe('Excuses a participant who will not come, with a reason (C7).', { 200: sessionView }),
      once,
      validateParams(participantPath),
      validateBody(excuseBody),
      (c) => {
        const { id, participantId } = c.req.valid('param');
        return give(c, id, { type: 'excuse', participantId, ...c.req.valid('json') });
      },
    )
    .delete(
      '/:id/participants/:participantId/excuse',
      describe('Lets an excused participant back in, until the reveal.', { 200: sessionView }),
      once,
      validateParams(participantPath),
      (c) => {
        const { id, participantId } = c.req.valid('param');
        return give(c, id, { type: 'readmit', participantId });
      },
    )
    .post(
      '/:id/transition',
      describe('Moves the session one status on from the one the caller saw (C3).', { 200: sessionView }),
      once,
      validateParams(sessionPath),
      validateBody(transitionBody),
      (c) => give(c, c.req.valid('param').id, stepFrom(c.req.valid('json').from)),
    )
    .post(
      '/:id/take-over',
      describe('Makes the caller, another lead who may facilitate it, the facilitator (C3).', {
        200: sessionView,
      }),
      once,
      validateParams(sessionPath),
      (c) => give(c, c.req.valid('param').id, { type: 'take-over', memberId: c.get('actor').memberId }),
    )
    .post(
      '/:id/submission',
      describe("Submits the caller's own sheet, as stored (C6).", { 200: submissionView }),
      once,
      validateParams(sessionPath),
      validateBody(submissionBody, 'submission'),
      enters,
      async (c) => {
        const { actor, signedIn } = c.var;
        const { memberId } = actor;
        const giver = { actor, sessionId: c.req.valid('param').id, signedInAt: signedIn.signedInAt };
        const seen = c.req.valid('json').sheet ?? null;
        const outcome = await execute(deps, giver, { type: 'submit', memberId, seen });
        const stored = accepted(outcome, actor);
        return c.json({ ...submissionOf(outcome), view: sessionToView(stored, actor) }, 200);
      },
    )
    .delete(
      '/:id/submission',
      describe("Takes the caller's submission back, until the reveal (C5).", { 200: sessionView }),
      once,
      validateParams(sessionPath),
      enters,
      (c) => give(c, c.req.valid('param').id, { type: 'take-back', memberId: c.get('actor').memberId }),
    )
    .get(
      '/:id/commitments',
      describe('What binds those who have submitted: fixed before the reveal (X1).', {
        200: commitmentList,
      }),
      validateParams(sessionPath),
      async (c) =>
        c.json(
          { commitments: found(await readCommitments(db, c.get('actor'), c.req.valid('param').id)) },
          200,
        ),
    )
    .put(
      '/:id/resolutions/:questionId',
      describe('Records the agreed answer and the cause of a question (C10).', { 200: sessionView }),
      once,
      validateParams(questionPath),
      validateBody(agreeBody),
      (c) => {
        const { id, questionId } = c.req.valid('param');
        return give(c, id, { type: 'agree', questionId, ...c.req.valid('json') });
      },
    )
    .get(
      '/:id/board',
      describe('The frozen review board, from review on (C8).', { 200: boardView }),
      validateParams(sessionPath),
      async (c) => c.json(found(await readBoard(deps, c.get('actor'), c.req.valid('param').id)), 200),
    )
    .get(
      '/:id/calendar.ics',
      describe('The meeting as a calendar file, where a time is set (O7).', { 200: null }),
      validateParams(sessionPath),
      async (c) => {
        const { number, shared } = found(await readView(db, c.get('actor'), c.req.valid('param').id));
        const meetingAt = found(shared.meetingAt);
        await tellExport(c, shared.id, 'ics');
        const url = `${deps.publicUrl}/calibrations/${shared.id}`;
        const meeting = { sessionId: shared.id, name: shared.name, meetingAt, url, number };
        c.header('Content-Disposition', `attachment; filename="calibration-${shared.id}.ics"`);
        c.header('Content-Type', 'text/calendar; charset=utf-8');
        return c.body(meetingToCalendar(meeting, deps.now()));
      },
    )
    .get(
      '/:id/record',
      describe('The permanent record, once resolved (C12).', { 200: recordView }),
      validateParams(sessionPath),
      async (c) =>
        c.json({ record: found(await readRecord(deps, c.get('actor'), c.req.valid('param').id)) }, 200),
    )
    .get(
      '/:id/record.json',
      describe('The record as canonical JSON, for download.', { 200: null }),
      validateParams(sessionPath),
      async (c) => {
        const record = found(await readRecord(deps, c.get('actor'), c.req.valid('param').id));
        await tellExport(c, record.sessionId, 'json');
        c.header('Content-Disposition', `attachment; filename="calibration-${record.sessionId}.json"`);
        c.header('Content-Type', 'application/json');
        return c.body(recordToJson(record));
      },
    )
    .get(
      '/:id/record.csv',
      describe('The record as CSV, a row for each answer, for download.', { 200: null }),
      validateParams(sessionPath),
      async (c) => {
        const record = found(await readRecord(deps, c.get('actor'), c.req.valid('param').id));
        await tellExport(c, record.sessionId, 'csv');
        c.header('Content-Disposition', `attachment; filename="calibration-${record.sessionId}.csv"`);
        c.header('Content-Type', 'text/csv; charset=utf-8');
        return c.body(recordToCsv(record));
      },
    );
}
