// What the meeting's parts need of the session's state, which owns the socket. Each part takes the whole and names what it reads of it.
import type { DiscussionView, SeatView, SessionShared, SessionView } from '@attune/contract';
import type { ApiProblem } from '../../api.ts';
import type { ServerClock } from '../app/clock.svelte.ts';
import type { Room } from '../live/room.svelte.ts';
import type { CommandedSession } from '../session/commanded-session.ts';

export interface MeetingSession extends CommandedSession {
  readonly shared: SessionShared;
  readonly seat: SeatView;
  readonly detail: SessionView['detail'];
  readonly clock: Pick<ServerClock, 'nowMs'>;
  readonly room: Pick<Room, 'doc' | 'provider' | 'saveState' | 'isSynced'>;
  advance(from: 'review'): Promise<ApiProblem | null>;
}

const quiet: DiscussionView = { focusQuestionId: null, timers: [], speakFirst: false, undo: null };

/** What is driven by the facilitator; quiet outside the review. */
export const discussionOf = ({
  shared,
}: {
  readonly shared: Pick<SessionShared, 'discussion'>;
}): DiscussionView => shared.discussion ?? quiet;

/** Whether this person drives the meeting now. */
export const mayFacilitate = ({ seat, shared }: FacilitatedSession): boolean =>
  seat.may.includes('session.facilitate') && shared.status === 'review';

export interface FacilitatedSession {
  readonly seat: Pick<SeatView, 'may'>;
  readonly shared: Pick<SessionShared, 'status'>;
}
