import { storageCases } from "@csat/conformance";
import type { Storage } from "@csat/core";
import { describe, expect, test } from "vitest";
import { memoryStorage } from "../../src/index.ts";
import { findingOf } from "./planted-fault.ts";
import { storeFaults } from "./store-faults.ts";
import { armingFaults, sendingFaults } from "./survey-faults.ts";

/** Two handles on one memory, each as `plant` makes it. */
function aFixture(plant: (storage: Storage<unknown>) => Storage<unknown>) {
  const storage = memoryStorage();
  return {
    storage: plant(storage),
    otherProcess: plant(storage.reopen()),
    hostTransaction: () => Promise.reject(new Error("There are no host transactions in memory.")),
  };
}

describe("the storage cases notice that", () => {
  for (const { title, caughtBy, plant } of [...armingFaults, ...sendingFaults, ...storeFaults]) {
    test(title, async () => {
      const sound = aFixture((storage) => storage);
      expect(await findingOf({ cases: storageCases, id: caughtBy, fixture: sound })).toBeNull();
      const faulty = aFixture(plant);
      expect(await findingOf({ cases: storageCases, id: caughtBy, fixture: faulty })).toBeTypeOf("string");
    });
  }
});
