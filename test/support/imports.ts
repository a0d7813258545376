// A file sent as the browser sends it: begun, its parts in order, looked at until it is read.
import { createHash } from 'node:crypto';
import type { ImportView } from '@attune/contract';
import type { Person } from './people.ts';
import { until } from './rooms.ts';

export type Sender = Pick<Person, 'cookie' | 'get' | 'send'>;

export const hashOfFile = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
export const bytesOf = (file: string | Uint8Array) =>
  typeof file === 'string' ? new TextEncoder().encode(file) : file;

export async function beginImport(
  sender: Sender,
  kind: ImportView['kind'],
  bytes: Uint8Array,
  more: object = {},
): Promise<ImportView> {
  const body = { kind, name: 'file.csv', sizeBytes: bytes.length, hash: hashOfFile(bytes), ...more };
  const reply = await sender.send('POST', '/api/imports', body);
  if (reply.status !== 201) throw new Error(`not begun: ${reply.status} ${reply.text}`);
  return reply.body as ImportView;
}

/** One part, as bytes. */
export async function sendPart(
  url: string,
  { cookie }: Pick<Sender, 'cookie'>,
  id: string,
  offset: number,
  bytes: Uint8Array,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string; view: ImportView }> {
  const response = await fetch(`${url}/api/imports/${id}/parts?offset=${offset}`, {
    method: 'PUT',
    headers: { Origin: url, Cookie: cookie, 'Content-Type': 'application/octet-stream', ...headers },
    body: new Uint8Array(bytes),
  });
  const text = await response.text();
  return { status: response.status, text, view: JSON.parse(text) as ImportView };
}

export const readImport = async (sender: Sender, id: string): Promise<ImportView> =>
  (await sender.get(`/api/imports/${id}`)).body as ImportView;

/** A thread is started for each file, which a busy machine does slowly. */
const usualPatienceMs = 60_000;

/** The import once nothing is under way with it any more. */
export async function settled(sender: Sender, id: string, patienceMs = usualPatienceMs): Promise<ImportView> {
  let view = await readImport(sender, id);
  await until(
    'the import is settled',
    async () => {
      view = await readImport(sender, id);
      return !['uploading', 'reading', 'applying'].includes(view.state);
    },
    patienceMs,
  );
  return view;
}

/** The whole file, and what comes of reading it. */
export async function upload(
  url: string,
  sender: Sender,
  kind: ImportView['kind'],
  file: string | Uint8Array,
  {
    partBytes = 1024 * 1024,
    patienceMs,
    ...more
  }: { partBytes?: number; patienceMs?: number; scope?: object } = {},
): Promise<ImportView> {
  const bytes = bytesOf(file);
  const { id } = await beginImport(sender, kind, bytes, more);
  for (let offset = 0; offset < bytes.length; offset += partBytes) {
    const sent = await sendPart(url, sender, id, offset, bytes.slice(offset, offset + partBytes));
    if (sent.status !== 200) throw new Error(`not taken: ${sent.text}`);
  }
  return settled(sender, id, patienceMs);
}

/** Says yes to what the import showed. */
export async function sayYes(
  sender: Sender,
  { id, plan }: ImportView,
  patienceMs?: number,
): Promise<ImportView> {
  const reply = await sender.send('POST', `/api/imports/${id}/yes`, { plan });
  if (reply.status !== 200) throw new Error(`no yes: ${reply.status} ${reply.text}`);
  return settled(sender, id, patienceMs);
}
