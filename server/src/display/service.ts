// The meeting screen's side of the server (J3): who it is, by the link its browser holds, and what it may read. Never a control,
// never anyone's own page; with the link everything ends.

import type { BoardView, DisplayView } from '@attune/contract';
import { displayActor, isRevealed, withoutExamples } from '@attune/domain';
import type { Caller, SignedIn } from '../caller.ts';
import type { Database } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { transact } from '../db/transact.ts';
import { urlOf } from '../joining/links.service.ts';
import { findLinkOf, findLivingLink, type LinkRow } from '../joining/store.ts';
import { hashOfToken } from '../joining/token.ts';
import { denied, done, type Outcome } from '../outcome.ts';
import { findOrganisation } from '../people/store.ts';
import type { PressedJson } from '../pressed.ts';
import type { Reach } from '../reach.ts';
import { logOpening, type SecurityDeps } from '../security/log.ts';
import type { BoardReplies } from '../sessions/board-reply.ts';
import { readAs } from '../sessions/read.ts';
import { sessionToShared, sharedForScreen } from '../sessions/views.ts';

export interface DisplayDeps {
  readonly db: Database;
  readonly serverKey: Uint8Array;
  readonly publicUrl: string;
  readonly reach: Pick<Reach, 'view'>;
  readonly boards: BoardReplies;
  readonly now: () => string;
}

/** The cookie that carries a screen's token: as good as its link, and no longer. */
export const displayCookie = (publicUrl: string) =>
  publicUrl.startsWith('https:') ? '__Host-attune-display' : 'attune_display';

/** The living display link behind a token, `null` alike for every one that does not work. */
export const findDisplay = ({ db, now }: Pick<DisplayDeps, 'db' | 'now'>, token: string) =>
  findLivingLink(db, 'display', hashOfToken(token), now());

/** The screen behind a request's cookie, in the shape of a sign-in: its id is the link's, which ends it. */
export async function authenticateDisplay(
  deps: Pick<DisplayDeps, 'db' | 'now' | 'publicUrl'>,
  headers: Headers,
): Promise<SignedIn | null> {
  const token = readCookie(headers.get('cookie') ?? '', displayCookie(deps.publicUrl));
  const link = token ? await findDisplay(deps, token) : null;
  return link && signedInAs(link);
}

const signedInAs = ({ id, organisationId, sessionId, createdAt, expiresAt }: LinkRow): SignedIn => ({
  signInId: id,
  userId: '',
  memberId: '',
  organisationId,
  name: '',
  limit: { sessionId, as: 'display' },
  signedInAt: toIso(createdAt),
  endsAt: toIso(expiresAt),
  browser: '',
  device: '',
});

function readCookie(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

/** Opens a screen by its link, and tells of it. */
export async function openDisplay(
  deps: DisplayDeps & SecurityDeps,
  token: string,
  caller: Caller,
): Promise<Outcome<{ view: DisplayView; expiresAt: string }>> {
  const link = await findDisplay(deps, token);
  const shown = link && (await readDisplay(deps, link));
  if (!link || shown?.kind !== 'done') return denied('link-not-valid');
  const { id: linkId, organisationId, sessionId, expiresAt } = link;
  const told = { kind: 'display-link-opened', organisationId, actorId: null, sessionId, linkId } as const;
  await transact(deps.db, (unit) => logOpening(deps, unit, { ...told, caller }));
  return done({ view: shown.value, expiresAt });
}

/** Everything a screen draws but the board. */
export async function readDisplay(deps: DisplayDeps, link: LinkRow): Promise<Outcome<DisplayView>> {
  const { organisationId, sessionId } = link;
  const stored = await readAs(deps.db, displayActor(organisationId, sessionId), sessionId, 'session.read');
  const host = stored && (await findOrganisation(deps.db, organisationId));
  if (!stored || !host) return denied('not-found');
  const { session } = stored;
  const canJoin = !isRevealed(session.status);
  const of = { sessionId, kind: 'join' } as const;
  const join = canJoin ? await findLinkOf(deps.db, organisationId, of, deps.now()) : null;
  return done({
    number: stored.number,
    at: deps.now(),
    organisation: host.name,
    shared: sharedForScreen(sessionToShared(stored)),
    // Guidance is not read from across the room.
    scorecard: withoutExamples(session.scorecard),
    joinUrl: join && urlOf(deps, join),
    reach: deps.reach.view.kind,
  });
}

/** The board as the room may see it, from the reveal on. */
export async function readDisplayBoard(
  deps: DisplayDeps,
  { organisationId, sessionId }: LinkRow,
): Promise<Outcome<PressedJson<BoardView>>> {
  const board = await deps.boards.read(displayActor(organisationId, sessionId), sessionId);
  return board ? done(board) : denied('not-found');
}
