// The real meeting screen in a browser, in a meeting that a test tells it: every scene can be had, with as many people as wanted.
import { encodeMessage, messageType, protocolVersion, syncMessage } from '@attune/contract';
import { type Browser, expect, type WebSocketRoute } from '@playwright/test';
import { type RoomOptions, roomOf } from './room-fixture.ts';

type ContextOptions = Parameters<Browser['newContext']>[0];

/** A screen whose meeting is what `tell` or `say` last said; 1920×1080 and without motion unless `options` ask otherwise. */
export async function screenIn(browser: Browser, baseURL: string, options: ContextOptions = {}) {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1920, height: 1080 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  let room = roomOf({ people: 2, status: 'draft' });
  let number = room.view.number;
  let socket: WebSocketRoute | null = null;
  let isSilent = false;
  let hasEnded = false;

  const snapshot = () => {
    const { shared, at } = room.view;
    const seat = { may: ['session.read' as const], participantId: null };
    const message = { protocol: protocolVersion, number, at, session: shared, seat };
    socket?.send(Buffer.from(encodeMessage(messageType.snapshot, message)));
  };

  await page.route(/\/api\/display(\?|$)/, (route) =>
    hasEnded
      ? route.fulfill({
          status: 404,
          contentType: 'application/problem+json',
          json: { type: '/problems/link-not-valid', title: 'This link does not work', status: 404 },
        })
      : route.fulfill({ json: { ...room.view, number } }),
  );
  await page.route(/\/api\/display\/board/, (route) => route.fulfill({ json: room.board }));
  await page.routeWebSocket('**/sync/**', (opened) => {
    socket = opened;
    snapshot();
    // Asked who is here, as it is every second: nobody.
    opened.onMessage((frame) => {
      if (frame[0] !== syncMessage.queryAwareness || isSilent) return;
      opened.send(Buffer.from([syncMessage.awareness, 1, 0]));
    });
  });

  /** Opens the screen anew. */
  const tell = async (told: RoomOptions, theme: string) => {
    room = roomOf(told);
    await page.goto(`/display?theme=${theme}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    // Measured as it is painted: with its own letters, and after what follows from their sizes.
    await page.evaluate(async () => {
      await document.fonts.ready;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
  };
  return {
    context,
    page,
    tell,
    /** Something happens in the meeting, before the screen's eyes. */
    say(said: RoomOptions) {
      room = roomOf(said);
      number += 1;
      snapshot();
    },
    /** The server is not heard any more, though nothing has been closed. */
    fallSilent() {
      isSilent = true;
    },
    /** The link is not good any more. */
    end() {
      hasEnded = true;
    },
  };
}
