import type { Csat, Store } from "@csat/core";
import type { TestClock } from "../world/outside.ts";
import type { Tally } from "./facts.ts";
import type { History } from "./history.ts";
import type { Random } from "./random.ts";

/** Some histories that share a library, a storage and a clock. */
export interface Life<Tx> {
  readonly csat: Csat<Tx>;
  readonly storage: Store<Tx>;
  readonly clock: TestClock;
  readonly random: Random;
  readonly histories: readonly History[];
  readonly tally: Tally;
  /** How long the next mail takes, in milliseconds: the clock moves on between its begin and its end. */
  nextMailTakesMs: number;
}
