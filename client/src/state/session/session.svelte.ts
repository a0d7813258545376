// One calibration in this tab with what its page adds: notes to be written, and commands, each of which waits for the server's
// word.
import type { RefusalReason, SessionPresent, SessionReply, SessionSettingsBody } from '@attune/contract';
import type { SessionStatus } from '@attune/domain';
import { type ApiProblem, answer, api, asProblem, command } from '../../api.ts';
import type { Live } from './followed-session.svelte.ts';
import { LiveSession } from './live-session.svelte.ts';
import { OwnNotes } from './own-notes.svelte.ts';

export class SessionState extends LiveSession {
  readonly notes: OwnNotes = new OwnNotes(this.id, this.followed);

  /** Sends a command, and waits until it is to be seen here. @returns the problem, `null` when it was done */
  async run(send: () => Promise<SessionReply>): Promise<ApiProblem | null> {
    try {
      await this.accept(await send());
      return null;
    } catch (error) {
      const problem = asProblem(error);
      // Someone was faster: the problem says how far the session is.
      const { present } = problem.extensions as { present?: SessionPresent };
      if (present) await this.accept(present);
      return problem;
    }
  }

  advance(from: Exclude<SessionStatus, 'closed'>): Promise<ApiProblem | null> {
    const param = { id: this.id };
    return this.run(() => answer(api.sessions[':id'].transition.$post({ param, json: { from } }, command())));
  }

  saveSettings(json: SessionSettingsBody): Promise<ApiProblem | null> {
    const param = { id: this.id };
    return this.run(() => answer(api.sessions[':id'].settings.$put({ param, json }, command())));
  }

  addParticipant(memberId: string): Promise<ApiProblem | null> {
    const param = { id: this.id };
    return this.run(() =>
      answer(api.sessions[':id'].participants.$post({ param, json: { memberId } }, command())),
    );
  }

  removeParticipant(participantId: string): Promise<ApiProblem | null> {
    const param = { id: this.id, participantId };
    return this.run(() =>
      answer(api.sessions[':id'].participants[':participantId'].$delete({ param }, command())),
    );
  }

  excuse(participantId: string, reason: string): Promise<ApiProblem | null> {
    const param = { id: this.id, participantId };
    return this.run(() =>
      answer(
        api.sessions[':id'].participants[':participantId'].excuse.$post(
          { param, json: { reason } },
          command(),
        ),
      ),
    );
  }

  readmit(participantId: string): Promise<ApiProblem | null> {
    const param = { id: this.id, participantId };
    return this.run(() =>
      answer(api.sessions[':id'].participants[':participantId'].excuse.$delete({ param }, command())),
    );
  }

  /** Puts a participant or an observer out, for the reason given. */
  putOut(memberId: string, reason: string): Promise<ApiProblem | null> {
    const request = { param: { id: this.id }, json: { memberId, reason } };
    return this.run(() => answer(api.sessions[':id']['put-out'].$post(request, command())));
  }

  letBackIn(memberId: string): Promise<ApiProblem | null> {
    const param = { id: this.id, memberId };
    return this.run(() => answer(api.sessions[':id']['put-out'][':memberId'].$delete({ param }, command())));
  }

  renameGuest(memberId: string, name: string): Promise<ApiProblem | null> {
    const request = { param: { id: this.id, memberId }, json: { name } };
    return this.run(() => answer(api.sessions[':id'].guests[':memberId'].$put(request, command())));
  }

  takeOver(): Promise<ApiProblem | null> {
    const param = { id: this.id };
    return this.run(() => answer(api.sessions[':id']['take-over'].$post({ param }, command())));
  }

  /** Deletes the draft. @returns the problem, `null` when it is gone */
  async deleteDraft(): Promise<ApiProblem | null> {
    try {
      await answer(api.sessions[':id'].$delete({ param: { id: this.id } }, command()));
      return null;
    } catch (error) {
      return asProblem(error);
    }
  }

  protected override became(live: Live): void {
    super.became(live);
    this.notes.keep();
  }

  protected override synced(): void {
    this.notes.synced();
  }

  protected override refused(reason: RefusalReason): void {
    this.notes.refused(reason);
  }
}
