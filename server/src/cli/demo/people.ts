// Who works at the demo organisation, and for which clients.
import type { Role } from '@attune/domain';

export const organisationName = 'Harbourline Contact Centre';

/** Of every made-up person's address, and of nobody else's: by it a filling that was cut short is known. */
export const emailDomain = 'harbourline.example';

export const clients = [
  { name: 'Kestrel Bank', lobs: ['Cards', 'Loans', 'Fraud desk'] },
  { name: 'Northwind Energy', lobs: ['Billing', 'Moving home'] },
  { name: 'Solace Health', lobs: ['Appointments', 'Claims'] },
] as const;

/** `access`: `null` is the whole organisation; else clients, or `client/lob`. */
export interface DemoMember {
  readonly key: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly access: readonly string[] | null;
  readonly about: string;
  /** How far above (lenient) or below the group the person scores, and how steadily, in shares of a question. */
  readonly leniency: number;
  readonly noise: number;
}

const member = (
  key: string,
  name: string,
  roles: readonly Role[],
  access: DemoMember['access'],
  about: string,
  leniency = 0,
  noise = 0.1,
): DemoMember => ({ key, name, roles, access, about, leniency, noise });

export const members: readonly DemoMember[] = [
  member('ana', 'Ana Souza', ['lead'], null, 'Leads quality and runs most calibrations.', 0.02, 0.06),
  member(
    'marcus',
    'Marcus Okafor',
    ['lead'],
    ['Kestrel Bank'],
    'Leads quality for Kestrel Bank.',
    -0.05,
    0.08,
  ),
  member(
    'ingrid',
    'Ingrid Dahl',
    ['lead', 'evaluator'],
    ['Northwind Energy', 'Solace Health'],
    'Leads quality for energy and health.',
  ),
  member(
    'ben',
    'Ben Whitfield',
    ['evaluator'],
    null,
    'Evaluates calls and chats for every client.',
    0.12,
    0.08,
  ),
  member(
    'chloe',
    'Chloé Martin',
    ['evaluator'],
    null,
    'Evaluates for every client; known to be strict.',
    -0.14,
    0.08,
  ),
  member('dmitri', 'Dmitri Volkov', ['evaluator'], ['Kestrel Bank'], 'Evaluates for Kestrel Bank.', 0, 0.22),
  member(
    'esra',
    'Esra Yılmaz',
    ['evaluator'],
    ['Kestrel Bank', 'Solace Health'],
    'Evaluates for Kestrel Bank and Solace Health.',
    0.04,
    0.08,
  ),
  member(
    'farid',
    'Farid Haddad',
    ['evaluator'],
    ['Northwind Energy'],
    'Evaluates for Northwind Energy.',
    -0.04,
    0.14,
  ),
  member('grace', 'Grace Adeyemi', ['evaluator'], null, 'Evaluates e-mails and claims.', 0.02, 0.06),
  member(
    'hana',
    'Hana Petrović',
    ['evaluator'],
    ['Kestrel Bank/Cards'],
    'New evaluator, cards only.',
    0.1,
    0.2,
  ),
  member('victor', 'Victor Lindqvist', ['manager'], null, 'Manages operations; reads records and reports.'),
  member('wanda', 'Wanda Kowalska', ['manager'], ['Kestrel Bank'], 'Manages the Kestrel Bank teams.'),
  member('noor', 'Noor Rahman', ['agent'], ['Kestrel Bank/Cards'], 'Takes calls on the cards line.'),
  member('tom', 'Tom Brennan', ['agent'], ['Northwind Energy/Billing'], 'Answers billing chats.'),
  member('sofia', 'Sofia Castellano', ['admin'], null, 'Administers members, roles and access.'),
];
