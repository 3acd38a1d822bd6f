import type { HostTransaction } from "@csat/core/transactions";

/** A host's way to its database. */
export interface Host {
  /** Opens a transaction; commits when `work` resolves, rolls back and rejects when it rejects. */
  transaction<Result>(work: (tx: HostTransaction) => Promise<Result>, level?: Level): Promise<Result>;
  /** What `from…` makes of the database or pool itself, as a host without types may pass it. */
  ofDatabase(): HostTransaction;
  /** What it makes of undefined. */
  ofNothing(): HostTransaction;
  close(): Promise<void>;
}

/** The level of a transaction; by default the database's. */
export type Level = "serializable";

/** A library, opened on the database at `url`. */
export interface HostLibrary {
  readonly name: string;
  open(url: string): Promise<Host>;
}

/** For what a host without types passes. */
export const untyped = (value: unknown) => value as never;
