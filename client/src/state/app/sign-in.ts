// Coming in: by password, or by one click on the demo database. A full load of the page follows, so that nothing of whoever
// was signed in before can linger.
import { ApiProblem, answer, api, asProblem, post } from '../../api.ts';
import { ownTab } from '../../lib/own-tab.ts';
import { signIn } from '../../texts/sign-in.ts';

/**
 * Where to go after signing in: an address of this origin, else the dashboard.
 * @param fragment of the sign-in page itself: a link's token waits there, because no server sees it
 */
export function returnAddress(wanted: string | null, origin: string, fragment = ''): string {
  if (!wanted) return '/';
  try {
    const url = new URL(wanted, origin);
    const isOurs = url.origin === origin && wanted.startsWith('/') && url.pathname !== '/sign-in';
    return isOurs ? url.pathname + url.search + (url.hash || fragment) : '/';
  } catch {
    return '/';
  }
}

/** @throws {ApiProblem} in words for the sign-in form */
export async function signInWithPassword(email: string, password: string): Promise<void> {
  try {
    await post('/api/auth/sign-in/email', { email, password });
  } catch (error) {
    const problem = asProblem(error);
    const { again } = problem.extensions;
    if (problem.status === 429 && typeof again === 'number')
      throw new ApiProblem('unknown', 429, { ...signIn.wait(again) });
    const isWrong = [400, 401, 403, 422].includes(problem.status);
    throw isWrong ? new ApiProblem('unknown', problem.status, { ...signIn.wrong() }) : problem;
  }
}

/** Signs this tab in as a demo member, whoever the browser's other tabs are. @throws {ApiProblem} */
export async function signInAsDemo(memberId: string): Promise<void> {
  await ownTab.begin((headers) => answer(api.demo['sign-in'].$post({ json: { memberId } }, { headers })));
}

/**
 * Goes on as whoever just signed in or out here.
 * @param how `replace` where Back must not lead to the page that did it
 */
export function enter(address: string, how: 'assign' | 'replace' = 'assign'): void {
  ownTab.changed();
  location[how](address);
}
