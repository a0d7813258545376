// What a reading thread and whoever started it say to each other: the thread asks, and is answered.
import type { ImportKind, ImportProblem } from '@attune/contract';
import type { Scope, Scorecard } from '@attune/domain';
import type { ReadRow } from '../csv/read-table.ts';

export interface ReadOrder {
  readonly kind: ImportKind;
  readonly hash: string;
}

export type FileRow = ReadRow;

/** What a file came to: rows were handed on, or a scorecard is here, or it cannot be read. */
export interface Ready {
  readonly problem?: ImportProblem;
  readonly scorecard?: { readonly content: Scorecard; readonly scope: Scope };
}

export type Question =
  | { readonly type: 'part'; readonly first: boolean }
  | { readonly type: 'header'; readonly cells: readonly string[] }
  | { readonly type: 'rows'; readonly rows: readonly FileRow[] };

export type FromThread =
  | { readonly type: 'question'; readonly id: number; readonly question: Question }
  | { readonly type: 'ready'; readonly ready: Ready };

export interface ToThread {
  /** Of the question. */
  readonly id: number;
  /** The next part; `null` at the end. */
  readonly bytes: Uint8Array | null;
  /** No more rows are taken. */
  readonly enough: boolean;
}
