// People of the demo organisation, as whoever opens its server's page meets them.
import { answersKey } from '@attune/contract';
import { advance, makeSession, type Person, publishScorecard, scaleDocument, visitor } from './people.ts';
import { openRoom, untilSaved } from './rooms.ts';

/** The first demo member whose name begins so, with a sign-in of their own. */
export async function demoPerson(url: string, name: string): Promise<Person> {
  const { demo } = (await visitor(url).get('/api/welcome')).body as {
    demo: { members: { id: string; name: string }[] };
  };
  const member = demo.members.find((one) => one.name.startsWith(name));
  const reply = await visitor(url).send('POST', '/api/demo/sign-in', { memberId: member?.id });
  const cookie = reply.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  return { ...visitor(url, cookie), memberId: member?.id ?? '', name: member?.name ?? '' };
}

/** Signs the first demo member in whose name begins so; returns the cookie. */
export async function demoSignIn(url: string, name: string): Promise<string> {
  return (await demoPerson(url, name)).cookie;
}

/** The demo's session in scoring, and the participants who have not submitted there. */
export const inScoring = { session: 'Early settlement', people: ['Dmitri', 'Ben', 'Chloé'] } as const;

/** The caller's own sealed room in that session. */
export async function demoSealedRoom(url: string, cookie: string): Promise<string> {
  const { sessions } = (
    await visitor(url, cookie).get(`/api/sessions?text=${encodeURIComponent(inScoring.session)}`)
  ).body as { sessions: { own: { participantId: string } }[] };
  return `sealed/${sessions[0]?.own.participantId}`;
}

export interface SmallCalibration {
  readonly id: string;
  readonly ana: Person;
  readonly ben: Person;
  readonly chloe: Person;
  /** Ben's place and Chloé's. */
  readonly participantIds: readonly [string, string];
}

/** A calibration in scoring with the one question `q1`, 1 to 5, facilitated by Ana, for Ben and Chloé. */
export async function smallCalibration(url: string, name: string): Promise<SmallCalibration> {
  const ana = await demoPerson(url, 'Ana');
  const ben = await demoPerson(url, 'Ben');
  const chloe = await demoPerson(url, 'Chloé');
  const scorecardVersionId = await publishScorecard(ana, scaleDocument(1));
  const { id, participantIds } = await makeSession(ana, { name, scorecardVersionId }, [ben, chloe]);
  await advance(ana, id, 'draft');
  const [bens = '', chloes = ''] = participantIds;
  return { id, ana, ben, chloe, participantIds: [bens, chloes] };
}

/** Answers the questions `q1` and on, as another device of the person would. */
export async function answerElsewhere(
  url: string,
  person: Person,
  participantId: string,
  ...values: readonly number[]
): Promise<void> {
  const room = openRoom(url, `sealed/${participantId}`, person.cookie);
  for (const [at, value] of values.entries())
    room.doc.getMap(answersKey).set(`q${at + 1}`, { kind: 'scale', valueHundredths: value * 100 });
  await untilSaved(room);
  room.close();
}

/** What five people give, question by question: four diverge, each less than the one before, and on two everyone agrees. */
const given = [
  ['Dmitri', 1, 2, 2, 3, 4, 5],
  ['Esra', 5, 2, 3, 4, 4, 5],
  ['Ben', 3, 5, 4, 3, 4, 5],
  ['Chloé', 4, 4, 3, 3, 4, 5],
  ['Grace', 2, 3, 3, 4, 4, 5],
] as const;

/** A calibration in review with six questions, 1 to 5, facilitated by Ana, scored by five. */
export async function reviewOfFive(url: string, name: string): Promise<{ readonly id: string }> {
  const ana = await demoPerson(url, 'Ana');
  const people = await Promise.all(given.map(([who]) => demoPerson(url, who)));
  const scorecardVersionId = await publishScorecard(ana, scaleDocument(6));
  const { id, participantIds } = await makeSession(ana, { name, scorecardVersionId }, people);
  await advance(ana, id, 'draft');
  for (const [at, person] of people.entries()) {
    const [, ...values] = given[at] ?? [];
    await answerElsewhere(url, person, participantIds[at] ?? '', ...values);
    const submitted = await person.send('POST', `/api/sessions/${id}/submission`, {});
    if (submitted.status !== 200) throw new Error(`not submitted: ${submitted.text}`);
  }
  await advance(ana, id, 'scoring');
  return { id };
}

/** Another calibration in scoring as the demo's: its scorecard and interaction, for Ben and Chloé, who have answered nothing there. */
export async function likeInScoring(url: string, name: string): Promise<{ readonly id: string }> {
  const ana = await demoPerson(url, 'Ana');
  const people = [await demoPerson(url, 'Ben'), await demoPerson(url, 'Chloé')];
  const { sessions } = (await ana.get(`/api/sessions?text=${encodeURIComponent(inScoring.session)}`))
    .body as { sessions: { id: string }[] };
  const { detail } = (await ana.get(`/api/sessions/${sessions[0]?.id}`)).body as {
    detail: { settings: object };
  };
  const { id } = await makeSession(ana, { ...detail.settings, name }, people);
  await advance(ana, id, 'draft');
  return { id };
}

/** A calibration in review, its one question answered differently by Ben and by Chloé. */
export async function reviewOf(url: string, name: string): Promise<SmallCalibration> {
  const small = await smallCalibration(url, name);
  await answerElsewhere(url, small.ben, small.participantIds[0], 1);
  await answerElsewhere(url, small.chloe, small.participantIds[1], 3);
  for (const person of [small.ben, small.chloe])
    await person.send('POST', `/api/sessions/${small.id}/submission`, {});
  await advance(small.ana, small.id, 'scoring');
  return small;
}
