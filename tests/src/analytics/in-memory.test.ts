import { memoryStorage } from "@csat/memory";
import { test } from "vitest";
import { expectEveryKind } from "./every-kind.ts";
import { historyCount, runHistories } from "./run-histories.ts";

test("every figure of random histories in memory equals a second computation", async () => {
  // S38, S39, S40, S41, S42, S43, S44, S45, S46, S47, S48, S49, S56, S73, S76, S85
  const tally = await runHistories({
    count: historyCount({ usual: 48, full: 1_000 }),
    atOnce: 4,
    storageFor: () => memoryStorage(),
  });
  expectEveryKind(tally);
});
