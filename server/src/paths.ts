// Where the server's files lie. Right from the sources (`server/src`) and from the bundle (`server/dist`) alike, because
// both are one folder below `server`; no other file may compute such a path.
import { fileURLToPath } from 'node:url';

const inServer = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

export const repositoryFolder = inServer('..');
export const migrationsFolder = inServer('drizzle');
/** The built pages; absent in development, where Vite serves them. */
export const clientFolder = inServer('../client/dist');
