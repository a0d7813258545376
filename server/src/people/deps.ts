// What the services of people take.
import type { Bus } from '../bus/bus.ts';
import type { Database } from '../db/client.ts';
import type { SecurityDeps } from '../security/log.ts';
import type { Auth } from './auth.ts';

export interface PeopleDeps extends SecurityDeps {
  readonly db: Database;
  readonly bus: Bus;
  readonly auth: Pick<Auth, 'hashPassword'>;
  readonly publicUrl: string;
}
