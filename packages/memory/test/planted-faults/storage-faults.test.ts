import { storageCases } from "@csat/conformance";
import type { Store } from "@csat/core";
import { describe, expect, test } from "vitest";
import { memoryStorage } from "../../src/index.ts";
import { findingOf } from "./planted-fault.ts";
import { claimingFaults, listingFaults, writingFaults } from "./store-faults.ts";

/** Two handles on one memory, each as `plant` makes it. */
function aFixture(plant: (store: Store<unknown>) => Store<unknown>) {
  const storage = memoryStorage();
  return {
    storage: plant(storage),
    otherProcess: plant(storage.reopen()),
    hostTransaction: () => Promise.reject(new Error("There are no host transactions in memory.")),
    inZone: async () => plant(storage.reopen()),
  };
}

describe("the storage cases notice that", () => {
  for (const { title, caughtBy, plant } of [...writingFaults, ...claimingFaults, ...listingFaults]) {
    test(title, async () => {
      const sound = aFixture((storage) => storage);
      expect(await findingOf({ cases: storageCases, id: caughtBy, fixture: sound })).toBeNull();
      const faulty = aFixture(plant);
      expect(await findingOf({ cases: storageCases, id: caughtBy, fixture: faulty })).toBeTypeOf("string");
    });
  }
});
