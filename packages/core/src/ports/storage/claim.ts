/** Asks for due rows, as a lease. */
export interface ClaimRequest {
  /** Rows due at or before this time. */
  readonly now: Date;
  /** How long the rows are this caller's; measured on the storage's own clock, in milliseconds. */
  readonly leaseForMs: number;
  readonly limit: number;
  /** Narrows the claim to one row, and one generation when given, for a wake-up that names it. */
  readonly only?: {
    readonly workspaceId: string;
    readonly id: string;
    readonly generation?: number;
  };
  /** Leaves these workspaces out (their mail server is down). An adapter may ignore it. */
  readonly exceptWorkspaces?: readonly string[];
}

/** Fences a write: it lands only while `leaseId` is still the row's lease. */
export interface ClaimRef {
  readonly workspaceId: string;
  readonly id: string;
  readonly leaseId: string;
}

/** A leased row. */
export interface Claimed<Row> {
  readonly row: Row;
  readonly leaseId: string;
  /** True when the lease of an earlier holder ran out: its work may have happened. */
  readonly resumed: boolean;
}

/** `rearmed`: a remembered resolution armed the survey again. `lost_lease`: nothing was written. */
export type SettleOutcome = "done" | "rearmed" | "lost_lease";

/** Asks for up to `limit` rows after `cursor`; null starts at the first. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | null;
}

/** Some rows, and where to go on, in at most 1,900 characters; a null cursor means that these were the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}
