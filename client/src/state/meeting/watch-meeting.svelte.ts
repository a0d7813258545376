// What a meeting does by itself while a page shows it: goes along, notices a timer's end, fetches one's own vote, and fetches the
// board again when it reads otherwise.
import { untrack } from 'svelte';
import type { Meeting } from './meeting.svelte.ts';

/** Keeps a meeting going while the component lives. Call it while the component is set up. */
export function watchMeeting(meeting: Meeting): void {
  $effect(() => {
    const { focusQuestionId } = meeting.discussion;
    untrack(() => meeting.follow.hear(focusQuestionId));
  });
  $effect(() => meeting.timers.watch());
  $effect(() => {
    const id = meeting.revotes.current?.id ?? null;
    untrack(() => void meeting.revotes.follow(id));
  });
  let shown: string | undefined;
  $effect(() => {
    const { edition } = meeting;
    if (shown !== undefined && shown !== edition) void untrack(() => meeting.loaded.load());
    shown = edition;
  });
}
