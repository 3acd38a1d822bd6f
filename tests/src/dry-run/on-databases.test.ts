import type { Store } from "@csat/core";
import type { DrizzleTx } from "@csat/postgres";
import { sized } from "@csat-internal/test-support";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenStorage } from "../world/open-storage.ts";
import { databases } from "../world/storages.ts";
import { runLives } from "./run-lives.ts";

describe.each(databases)("the dry run on %s", (_name, open) => {
  let opened: OpenStorage | undefined;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());

  test("says of the settings in force what happened", async () => {
    // S67
    const kinds = await runLives({
      count: sized({ usual: 8, full: 30 }),
      storageFor: async () => fresh(),
    });
    expect(kinds.size).toBeGreaterThan(10);
  });

  async function fresh(): Promise<Store<DrizzleTx>> {
    if (opened === undefined) throw new Error("The storage is open in tests only.");
    return opened.fresh();
  }
});
