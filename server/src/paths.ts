// Where the server's files lie. Right from the sources (`server/src`) and from the bundle (`server/dist`) alike, because
// both are one folder below `server`; no other file may compute such a path.
import { fileURLToPath } from 'node:url';

const inServer = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

export const repositoryFolder = inServer('..');
export const migrationsFolder = inServer('drizzle');
/** The built pages; absent in development, where Vite serves them. */
export const clientFolder = inServer('../client/dist');

const sourceThread = new URL('../source-thread.mjs', import.meta.url).href;
const isBundle = !import.meta.url.endsWith('.ts');

/** A thread's file with what Node needs to run it: beside this one in the bundle, among the sources (in their folder) through tsx. */
export function threadOf(
  folder: 'sessions' | 'imports',
  name: 'board-worker' | 'read-worker',
): { readonly file: URL; readonly execArgv: string[] } {
  return isBundle
    ? { file: new URL(`./${name}.js`, import.meta.url), execArgv: ['--enable-source-maps'] }
    : { file: new URL(`./${folder}/${name}.ts`, import.meta.url), execArgv: ['--import', sourceThread] };
}
