import type { Store } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";

/** One storage for all the tests of a file; `fresh` empties it. */
export interface OpenStorage {
  fresh(): Promise<Store<DrizzleTx>>;
  /** Opens a transaction of the host's, ends it as told. */
  hostTransaction(work: (tx: DrizzleTx) => Promise<"commit" | "rollback">): Promise<void>;
  /** Everything the tables hold, as text: to look for what must not be there. */
  dump(): Promise<string>;
  close(): Promise<void>;
}
