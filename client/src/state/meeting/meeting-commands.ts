// The requests that drive a meeting. Each goes through the session; nothing is decided here.
import type { Answer, TimerAction, UndoStep } from '@attune/domain';
import { answer, api, command } from '../../api.ts';
import type { CommandedSession } from '../session/commanded-session.ts';
import type { Outcome } from './outcomes.svelte.ts';

/** The commands of one session's meeting; each resolves to the problem, `null` when it was done. */
export function meetingCommands(session: CommandedSession) {
  const one = api.sessions[':id'];
  const param = { id: session.id };
  return {
    focus: (questionId: string | null) =>
      session.run(() => answer(one.focus.$put({ param, json: { questionId } }, command()))),
    timer: (questionId: string, action: TimerAction) =>
      session.run(() => answer(one.timer.$post({ param, json: { questionId, action } }, command()))),
    sweep: () => session.run(() => answer(one.sweep.$post({ param }, command()))),
    undo: (kind: UndoStep['kind']) =>
      session.run(() => answer(one.undo.$post({ param, json: { kind } }, command()))),
    speakFirst: (on: boolean) =>
      session.run(() => answer(one['speak-first'].$put({ param, json: { on } }, command()))),
    resolve: (questionId: string, outcome: Outcome) =>
      session.run(() =>
        answer(
          one.resolutions[':questionId'].$put({ param: { ...param, questionId }, json: outcome }, command()),
        ),
      ),
    revotes: {
      fetchOwn: async (revoteId: string) => {
        const own = await answer(one.revotes[':revoteId'].vote.$get({ param: { ...param, revoteId } }));
        return own.answer;
      },
      cast: (revoteId: string, given: Answer, key: string) =>
        session.run(() =>
          answer(
            one.revotes[':revoteId'].vote.$put(
              { param: { ...param, revoteId }, json: { answer: given } },
              command(key),
            ),
          ),
        ),
      open: (questionId: string) =>
        session.run(() => answer(one.revotes.$post({ param, json: { questionId } }, command()))),
      reveal: (revoteId: string, without: readonly string[]) =>
        session.run(() =>
          answer(
            one.revotes[':revoteId'].reveal.$post(
              { param: { ...param, revoteId }, json: { without: [...without] } },
              command(),
            ),
          ),
        ),
      callOff: (revoteId: string) =>
        session.run(() =>
          answer(one.revotes[':revoteId'].$delete({ param: { ...param, revoteId } }, command())),
        ),
    },
  };
}
