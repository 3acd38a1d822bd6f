import { memoryStorage } from "@csat/memory";
import { sized } from "@csat-internal/test-support";
import { expect, test } from "vitest";
import { runLives, usualKinds } from "./run-lives.ts";

test("the dry run of the settings in force equals what happened, reason by reason and day by day, in memory", async () => {
  // S59, S60, S61, S62, S63, S64, S65, S66, S67
  const kinds = await runLives({
    count: sized({ usual: 100, full: 1_000 }),
    storageFor: () => memoryStorage(),
  });
  expect([...kinds]).toEqual(expect.arrayContaining([...usualKinds]));
});
