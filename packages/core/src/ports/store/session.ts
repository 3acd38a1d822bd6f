import type { Change, WriteOutcome } from "./change.ts";
import type { Due, Head, HeadKind, Key } from "./head.ts";

/**
 * Where reads and writes happen: on the database, each call atomic by itself, or in a transaction. Arrays hold 2,000
 * entries at most, each key once, in key order: by kind as `HeadKind` lists them, then workspace and id by code points.
 * A constant number of statements per call, whatever the number of entries and workspaces. Conflicts are values: an
 * error would abort a transaction, and that one may be the host's.
 */
export interface Session {
  /**
   * The records of these keys, in their order; version 0 for what is not stored. With `lock`, which stands in
   * transactions only, other writers of that key wait until the transaction has ended, also where nothing is stored
   * yet; locks are taken in the order of the keys. What is read without a lock may have changed when it is written,
   * which is a `conflict` then. In a transaction a read sees what is committed by now, or locks.
   */
  read(keys: readonly ReadKey[]): Promise<readonly Head[]>;
  /** The record that the link with this hash opens; null when there is none. */
  byToken(hash: string): Promise<Head | null>;
  /**
   * Leases records of one kind that are due and free, and touches nothing but their due rows. Concurrent callers never
   * get the same one while its lease lasts. Workspaces take turns, beginning behind `after`: the oldest record of each
   * comes first, then the second oldest of each, and so on, so that a flood in one does not hold up the others. What
   * waits for a later time costs nothing.
   */
  claim(ask: ClaimRequest): Promise<readonly Claimed[]>;
  /**
   * Writes each change whole or not at all, independently of the others; answers in their order. Records are locked in
   * key order, and those of a change are compared before any is written. A key stands in one change only.
   */
  write(changes: readonly Change[]): Promise<readonly WriteOutcome[]>;
}

/** A key to read. */
export interface ReadKey extends Key {
  readonly lock?: true;
}

/** Asks for due records. */
export interface ClaimRequest {
  readonly kind: HeadKind;
  /** Records with `wakeAt` at or before this time. */
  readonly now: Date;
  /** How long they are this caller's, in milliseconds on the database's clock. */
  readonly leaseForMs: number;
  readonly limit: number;
  /** The workspace that had the last turn, in code-point order of ids; null begins at the first. */
  readonly after: string | null;
  /** Workspaces to leave out: their mail server is down, or they have enough under way. At most 1,000. */
  readonly exceptWorkspaces?: readonly string[];
}

/** A leased record, as it stands now. */
export interface Claimed {
  readonly head: Head;
  readonly leaseId: string;
  /** True when the lease of an earlier holder ran out: its work may have happened. */
  readonly resumed: boolean;
  readonly due: Extract<Due, { readonly kind: "waiting" }>;
}
