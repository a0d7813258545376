// The demo's calibrations: when they were made, by whom, on what, and how far they have come. Days count back from today.
import type { SessionStatus } from '@attune/domain';
import type { ScorecardKey } from './scorecards.ts';
import type { TranscriptKey } from './transcripts.ts';

export interface DemoSession {
  readonly name: string;
  readonly status: SessionStatus;
  readonly scorecard: ScorecardKey;
  readonly transcript: TranscriptKey;
  /** `null`: organisation-wide; else a client, or `client/lob`. */
  readonly scope: string | null;
  readonly facilitator: string;
  readonly participants: readonly string[];
  readonly daysAgo: number;
  readonly reference: string;
  /** In scoring: how many have submitted; the next one has begun. All, if left out. */
  readonly submitted?: number;
  /** In review: how many flagged questions have an outcome already. */
  readonly settled?: number;
  /** How well the interaction went, in [0, 1]. */
  readonly truth: number;
  readonly threshold?: number;
  /** Scoring is due in so many days. */
  readonly dueInDays?: number;
}

const kestrel = ['dmitri', 'esra', 'ben', 'chloe'] as const;
const energy = ['farid', 'ben', 'chloe', 'ingrid'] as const;
const health = ['grace', 'esra', 'ingrid', 'chloe'] as const;

export const demoSessions: readonly DemoSession[] = [
  {
    name: 'Declined card at the pharmacy',
    status: 'review',
    scorecard: 'voice',
    transcript: 'card',
    scope: 'Kestrel Bank/Cards',
    facilitator: 'ana',
    participants: ['dmitri', 'esra', 'ben', 'chloe', 'hana'],
    daysAgo: 5,
    reference: 'KB-C-88213',
    settled: 1,
    truth: 0.66,
    threshold: 20,
  },
  {
    name: 'Doubled winter bill',
    status: 'review',
    scorecard: 'chat',
    transcript: 'billing',
    scope: 'Northwind Energy',
    facilitator: 'ingrid',
    participants: energy,
    daysAgo: 3,
    reference: 'NE-CH-1140',
    settled: 0,
    truth: 0.78,
  },
  {
    name: 'Fraud desk, first minute',
    status: 'scoring',
    scorecard: 'voice',
    transcript: 'fraud',
    scope: 'Kestrel Bank',
    facilitator: 'ana',
    participants: kestrel,
    daysAgo: 2,
    reference: 'KB-F-20771',
    submitted: 2,
    truth: 0.55,
    dueInDays: 1,
  },
  {
    name: 'Physiotherapy claim by e-mail',
    status: 'scoring',
    scorecard: 'email',
    transcript: 'claim',
    scope: 'Solace Health',
    facilitator: 'ingrid',
    participants: health,
    daysAgo: 3,
    reference: 'SH-E-3307',
    truth: 0.7,
    dueInDays: 0,
  },
  {
    name: 'Early settlement letter',
    status: 'scoring',
    scorecard: 'voice',
    transcript: 'loan',
    scope: 'Kestrel Bank/Loans',
    facilitator: 'marcus',
    participants: ['dmitri', 'ben', 'chloe'],
    daysAgo: 1,
    reference: 'KB-L-40118',
    submitted: 0,
    truth: 0.6,
    dueInDays: 4,
  },
  {
    name: 'Blank meter display',
    status: 'draft',
    scorecard: 'technical',
    transcript: 'meter',
    scope: 'Northwind Energy',
    facilitator: 'ingrid',
    participants: ['farid', 'ben'],
    daysAgo: 1,
    reference: 'NE-T-0093',
    truth: 0.8,
  },
  {
    name: 'Cards, next round',
    status: 'draft',
    scorecard: 'voice',
    transcript: 'card',
    scope: 'Kestrel Bank/Cards',
    facilitator: 'ana',
    participants: [],
    daysAgo: 0,
    reference: '',
    truth: 0.7,
  },
  {
    name: 'One call for everyone',
    status: 'draft',
    scorecard: 'voice',
    transcript: 'loan',
    scope: null,
    facilitator: 'ana',
    participants: ['ben', 'chloe', 'grace'],
    daysAgo: 0,
    reference: 'KB-L-40533',
    truth: 0.6,
  },
  {
    name: 'Fraud desk, urgent dispute',
    status: 'resolved',
    scorecard: 'voice',
    transcript: 'fraud',
    scope: 'Kestrel Bank',
    facilitator: 'marcus',
    participants: kestrel,
    daysAgo: 9,
    reference: 'KB-F-20544',
    truth: 0.62,
    threshold: 20,
  },
  ...(
    [
      [
        'Loans, explaining the rate',
        'voice',
        'loan',
        'Kestrel Bank/Loans',
        'marcus',
        ['dmitri', 'ben', 'chloe'],
        24,
        0.58,
      ],
      ['Meter safety', 'technical', 'meter', 'Northwind Energy', 'ingrid', energy, 38, 0.84],
      ['Claims, tone of the answer', 'email', 'claim', 'Solace Health', 'ingrid', health, 52, 0.66],
      [
        'Cards, who owns the next step',
        'voice',
        'card',
        'Kestrel Bank/Cards',
        'ana',
        [...kestrel, 'hana'],
        66,
        0.7,
      ],
      ['Chat waits', 'chat', 'billing', 'Northwind Energy/Billing', 'ingrid', energy, 81, 0.72],
      ['Doubled bill, again', 'chat', 'billing', 'Northwind Energy', 'ingrid', energy, 90, 0.61],
      ['Fraud desk, empathy', 'voice', 'fraud', 'Kestrel Bank', 'ana', kestrel, 97, 0.52],
      ['Everyone on one loan call', 'voice', 'loan', null, 'ana', ['ben', 'chloe', 'grace'], 116, 0.64],
      ['Moving meters', 'technical', 'meter', 'Northwind Energy', 'ingrid', energy, 127, 0.68],
      ['Claims, completeness', 'email', 'claim', 'Solace Health', 'ingrid', health, 138, 0.74],
      ['Cards, verification', 'voice', 'card', 'Kestrel Bank/Cards', 'marcus', kestrel, 152, 0.6],
      [
        'First calibration on this scorecard',
        'voice',
        'fraud',
        null,
        'ana',
        ['ben', 'chloe', 'grace'],
        176,
        0.5,
      ],
    ] as const
  ).map(
    (
      [name, scorecard, transcript, scope, facilitator, participants, daysAgo, truth],
      index,
    ): DemoSession => ({
      name,
      status: 'closed',
      scorecard,
      transcript,
      scope,
      facilitator,
      participants,
      daysAgo,
      reference: `H-${2000 - index * 37}`,
      truth,
      threshold: 20,
    }),
  ),
];

/** Notes the groups wrote, in turn. */
export const notes: readonly string[] = [
  'An apology for the inconvenience is not empathy. It counts when the agent names what the caller said they feel, or why it matters to them.',
  'We score what is said on the call, not what the agent did in the system afterwards. If the caller cannot hear it, it is not ownership.',
  'A detail is missing when the customer has to come back for it. A detail the customer would not use is not missing.',
  'Verification passes only when both identifiers were asked for before the first word about the account, also when the caller volunteers one.',
  'N/A is for calls in which it could not have come up. If the agent could have brought it up, it is a fail, not an N/A.',
  'Five is for what we would play to a new colleague. Met is a good score, and needs no excuse.',
];
