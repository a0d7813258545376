// What proves that nothing was changed afterwards (X1): what a commitment is computed over, and the log's hash chain. Hash
// functions are the caller's: the server has Node's, the browser WebCrypto's.
import type { Answer, Sheet } from './answer.ts';
import { canonicalJson, domainSeparated, encode } from './canonical.ts';
import type { HeldSheet } from './held.ts';

/**
 * How a session is proved, from its first entry to its last. 1: its log holds answers and decisions, texts as they are. 2: it
 * holds all that a record says, texts and names by their hashes. Sessions made before 2 was there stay with 1.
 */
export type ProofVersion = 1 | 2;

/** What binds a participant to answers nobody else has seen yet; hexadecimal. Says nothing of them without its salt. */
export interface Commitment {
  readonly participantId: string;
  readonly commitment: string;
}

/** What a submission's commitment is the HMAC-SHA-256 of, keyed by its 32-byte secret salt (live.md 5). */
export const commitmentInput = (
  submission: { readonly sessionId: string; readonly participantId: string } & (
    | { readonly version: 1; readonly sheet: Sheet }
    | { readonly version: 2; readonly sheet: HeldSheet }
  ),
): Uint8Array => {
  const { version, sessionId, participantId, sheet } = submission;
  return domainSeparated(
    `attune/commit/v${version}`,
    encode(canonicalJson({ sessionId, participantId, sheet })),
  );
};

/** What a re-vote's commitment is the HMAC-SHA-256 of, keyed by its 32-byte secret salt. */
export function voteInput(vote: {
  readonly sessionId: string;
  readonly revoteId: string;
  readonly participantId: string;
  readonly answer: Answer;
}): Uint8Array {
  const { sessionId, revoteId, participantId, answer } = vote;
  return domainSeparated(
    'attune/vote/v1',
    encode(canonicalJson({ sessionId, revoteId, participantId, answer })),
  );
}

/** One entry of a session's log as it is hashed. */
export interface AuditEntry {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  readonly byMemberId: string | null;
  /** Empty for nobody; in proofs of version 2 the hash that holds the name. */
  readonly byName: string;
  readonly event: unknown;
}

/** What entry n's SHA-256 is computed over: the hash of entry n - 1 (the chain's first head for n = 1), then the entry. */
export function auditInput(version: ProofVersion, previousHash: Uint8Array, entry: AuditEntry): Uint8Array {
  const { sequence, at, byMemberId, byName, event } = entry;
  return domainSeparated(
    `attune/audit/v${version}`,
    previousHash,
    encode(canonicalJson({ sequence, at, byMemberId, byName, event })),
  );
}

/** SHA-256 and HMAC-SHA-256 as the browser and the server have them. */
export interface Hashes {
  sha256(bytes: Uint8Array): Promise<Uint8Array>;
  hmacSha256(key: Uint8Array, bytes: Uint8Array): Promise<Uint8Array>;
}

/** What the head of an empty log is the SHA-256 of, so that no two sessions share a chain. */
export const firstAuditInput = (sessionId: string): Uint8Array => encode(sessionId);
