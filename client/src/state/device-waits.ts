// Whether a further device of one's own invite waits for a yes. Apart from `Devices`, so that scoring pays for that only when
// there is one.
import { answer, api } from '../api.ts';

/** `false` also where it cannot be told just now: the next event asks again. */
export async function deviceWaits(sessionId: string): Promise<boolean> {
  try {
    const { requests } = await answer(api.sessions[':id'].devices.$get({ param: { id: sessionId } }));
    return requests.length > 0;
  } catch {
    return false;
  }
}
