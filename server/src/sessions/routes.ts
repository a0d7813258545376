// A calibration's HTTP face: path, who, status. Each route reads at a glance; what happens is the services' business.

import {
  addParticipantBody,
  agreeBody,
  boardView,
  candidateList,
  commitmentList,
  excuseBody,
  newSession,
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
import { type Actor, mayDo, recordToJson, stepFrom } from '@attune/domain';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { transact } from '../db/transact.ts';
import type { ActorEnv } from '../http/actor.ts';
import { callerOf } from '../http/caller.ts';
import { createCommands } from '../http/command.ts';
import { ProblemError } from '../http/problem.ts';
import { sendPressed } from '../http/send-pressed.ts';
import { describe, validateParams, validateQuery } from '../http/validate.ts';
import { mapDone } from '../outcome.ts';
import { logSecurity, type SecurityDeps } from '../security/log.ts';
import type { BoardReplies } from './board-reply.ts';
import { meetingToCalendar } from './calendar.ts';
import { createSession } from './create.ts';
import { type CommandDeps, type Executed, execute } from './execute.ts';
import { listSessions } from './list.store.ts';
import { entersPlace } from './place.routes.ts';
import { readCandidates, readCommitments, readView } from './read.ts';
import { readRecord } from './record.ts';
import { recordToCsv } from './record-csv.ts';
import { createSessionCommands, found, participantPath, questionPath, sessionPath } from './replies.ts';
import { sessionToReply } from './views.ts';

export interface SessionRoutesDeps extends CommandDeps, SecurityDeps {
  /** The origin people open, which a calendar's link begins with. */
  readonly publicUrl: string;
  readonly boards: BoardReplies;
}

/** What a submission fixed, beside what every command answers. */
function submittedToView({ stored, events }: Executed, actor: Actor) {
  const submitted = events.find((event) => event.type === 'submitted');
  if (!submitted) throw new Error('an accepted submission without its commitment');
  const { participantId, submittedAt, commitment } = submitted;
  return { participantId, submittedAt, commitment, ...sessionToReply(stored, actor) };
}

export function createSessionRoutes(deps: SessionRoutesDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  const { db } = deps;
  const enters = entersPlace(deps);
  const command = createSessionCommands(deps);
  const otherCommand = createCommands(deps);
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
      async (c) => {
        const actor = c.get('actor');
        if (!mayDo(actor, 'calibrations.list')) throw new ProblemError('not-allowed');
        return c.json(await listSessions(db, actor, c.req.valid('query')), 200);
      },
    )
    .post(
      '/',
      ...otherCommand(
        'Makes a calibration in draft, facilitated by the caller (C2).',
        { body: newSession, size: 'document', replies: { 201: sessionCreated } },
        (unit, { actor, body }) => createSession(unit, deps, actor, body),
      ),
    )
    .get(
      '/:id',
      describe('One calibration in full, as the caller may see it.', { 200: sessionView }),
      validateParams(sessionPath),
      async (c) => c.json(found(await readView(db, c.get('actor'), c.req.valid('param').id)), 200),
    )
    .put(
      '/:id/settings',
      ...command(
        "Replaces a draft's settings (C4).",
        { params: sessionPath, body: sessionSettings, size: 'document' },
        ({ body }) => ({ type: 'edit-settings', settings: body }),
      ),
    )
    .delete(
      '/:id',
      ...otherCommand(
        'Deletes a draft (C4).',
        { params: sessionPath, replies: { 204: null } },
        async (unit, { actor, params }) => {
          const giver = { actor, sessionId: params.id };
          return mapDone(await execute(unit, deps, giver, { type: 'delete' }), () => null);
        },
      ),
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
      ...command(
        'Adds a participant, in draft or late in scoring (C4, C5).',
        { params: sessionPath, body: addParticipantBody },
        ({ body }) => ({ type: 'add-participant', ...body }),
      ),
    )
    .delete(
      '/:id/participants/:participantId',
      ...command('Removes a participant from a draft (C4).', { params: participantPath }, ({ params }) => ({
        type: 'remove-participant',
        participantId: params.participantId,
      })),
    )
    .post(
      '/:id/participants/:participantId/excuse',
      ...command(
        'Excuses a participant who will not come, with a reason (C7).',
        { params: participantPath, body: excuseBody },
        ({ params, body }) => ({ type: 'excuse', participantId: params.participantId, ...body }),
      ),
    )
    .delete(
      '/:id/participants/:participantId/excuse',
      ...command(
        'Lets an excused participant back in, until the reveal.',
        { params: participantPath },
        ({ params }) => ({ type: 'readmit', participantId: params.participantId }),
      ),
    )
    .post(
      '/:id/transition',
      ...command(
        'Moves the session one status on from the one the caller saw (C3).',
        { params: sessionPath, body: transitionBody },
        ({ body }) => stepFrom(body.from),
      ),
    )
    .post(
      '/:id/take-over',
      ...command(
        'Makes the caller, another lead who may facilitate it, the facilitator (C3).',
        { params: sessionPath },
        ({ actor }) => ({ type: 'take-over', memberId: actor.memberId }),
      ),
    )
    .post(
      '/:id/submission',
      enters,
      ...otherCommand(
        "Submits the caller's own sheet, as stored (C6).",
        { params: sessionPath, body: submissionBody, size: 'submission', replies: { 200: submissionView } },
        async (unit, { actor, signedIn, params, body }) => {
          const giver = { actor, sessionId: params.id, signedInAt: signedIn.signedInAt };
          const seen = body.sheet ?? null;
          const { memberId } = actor;
          const outcome = await execute(unit, deps, giver, { type: 'submit', memberId, seen });
          return mapDone(outcome, (executed) => submittedToView(executed, actor));
        },
      ),
    )
    .delete(
      '/:id/submission',
      enters,
      ...command(
        "Takes the caller's submission back, until the reveal (C5).",
        { params: sessionPath },
        ({ actor }) => ({ type: 'take-back', memberId: actor.memberId }),
      ),
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
      ...command(
        'Records the agreed answer and the cause of a question (C10).',
        { params: questionPath, body: agreeBody },
        ({ params, body }) => ({ type: 'agree', questionId: params.questionId, ...body }),
      ),
    )
    .get(
      '/:id/board',
      describe('The frozen review board, from review on (C8).', { 200: boardView }),
      validateParams(sessionPath),
      async (c) => sendPressed(c, found(await deps.boards.read(c.get('actor'), c.req.valid('param').id))),
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
