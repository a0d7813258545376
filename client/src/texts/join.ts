// Coming in by a join link: the facilitator and oneself are called by their first names.
import { m } from '../paraglide/messages.js';

const first = (name: string) => name.split(' ')[0] ?? name;

export const join = {
  askAbout: (facilitator: string) => m.join_askAbout({ facilitator: first(facilitator) }),
  joinAs: (name: string) => m.join_joinAs({ name: first(name) }),
  waiting: (facilitator: string | null) =>
    facilitator ? m.join_waitingFor({ facilitator: first(facilitator) }) : m.join_waiting(),
  mayNotText: (why: 'role' | 'elsewhere', facilitator: string) =>
    m.join_mayNotText({ why, facilitator: first(facilitator) }),
} as const;
