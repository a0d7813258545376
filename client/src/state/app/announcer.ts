// News for people who listen rather than look. Two live regions stand empty in the page from the start; what happens
// within three seconds is said in one go. Presence, carets and typing are never announced.
import { prefs } from './prefs.svelte.ts';

const joinMs = 3_000;
const clearMs = 8_000;

/** Collects news and says it together: the first waits for what follows within `joinMs`. */
export function newsQueue(say: (text: string) => void, wait: (act: () => void, ms: number) => void) {
  let waiting: string[] = [];
  return (news: string) => {
    if (waiting.length === 0) {
      wait(() => {
        const all = [...new Set(waiting)];
        waiting = [];
        say(all.join(' '));
      }, joinMs);
    }
    waiting.push(news);
  };
}

function speak(region: string, text: string): void {
  const element = document.getElementById(region);
  if (!element) return;
  element.textContent = text;
  setTimeout(() => {
    if (element.textContent === text) element.textContent = '';
  }, clearMs);
}

const wait = (act: () => void, ms: number) => void setTimeout(act, ms);
const politely = newsQueue((text) => speak('news-polite', text), wait);

/** Says a sentence when the reader pauses, together with other news of these seconds. Silent where turned off. */
export function announce(sentence: string): void {
  if (prefs.announcements !== 'off') politely(sentence);
}

/** Says a sentence at once: the connection is lost, one was removed. */
export function announceNow(sentence: string): void {
  speak('news-assertive', sentence);
}
