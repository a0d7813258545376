// A session in scoring with as many evaluators as were asked for, made as a browser makes one. Of what a command answers only the
// status is read: its body is the version's own.
import { begin } from '../support/begun.ts';
import { type Person, publishScorecard, type Reply } from '../support/people.ts';
import { importDocument } from './content.ts';
import { signInCrowd } from './crowd.ts';
import type { Running } from './running.ts';

export interface Evaluator extends Person {
  readonly participantId: string;
}

export interface Scoring {
  readonly sessionId: string;
  readonly lead: Person;
  readonly evaluators: readonly Evaluator[];
  readonly questions: number;
}

/** Fails with the reply's words unless it is a yes. */
export async function accepted(reply: Promise<Reply>): Promise<void> {
  const { status, text } = await reply;
  if (status >= 300) throw new Error(`${status}: ${text.slice(0, 500)}`);
}

export async function openScoring(
  { app, databaseUrl }: Running,
  people: number,
  questions: number,
): Promise<Scoring> {
  const { lead, evaluator } = await begin(app);
  const crowd = await signInCrowd(app.url, databaseUrl, evaluator, people);
  const scorecardVersionId = await publishScorecard(lead, importDocument(questions));
  await accepted(lead.send('POST', '/api/sessions', { name: 'Bench', scorecardVersionId }));
  const { sessions } = (await lead.get('/api/sessions?mine=true')).body as { sessions: { id: string }[] };
  const sessionId = sessions[0]?.id ?? '';
  const session = `/api/sessions/${sessionId}`;
  for (const { memberId } of crowd)
    await accepted(lead.send('POST', `${session}/participants`, { memberId }));
  await accepted(lead.send('POST', `${session}/transition`, { from: 'draft' }));
  const { shared } = (await lead.get(session)).body as {
    shared: { participants: { id: string; memberId: string }[] };
  };
  const places = new Map(shared.participants.map(({ id, memberId }) => [memberId, id]));
  const evaluators = crowd.map((person) => ({ ...person, participantId: places.get(person.memberId) ?? '' }));
  return { sessionId, lead, evaluators, questions };
}
