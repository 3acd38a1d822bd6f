import { storageCases, testCases } from "@csat/conformance";
import { afterEach, describe, it } from "vitest";
import { memoryStorage } from "../src/index.ts";

// A host has no transactions of its own in memory: `within` refuses, which storage.test.ts beside the source proves.
const cases = storageCases.filter(({ id }) => !id.startsWith("transactions/host/"));
const noOtherRelease = "the rows live in one process, so no other release can write them";

testCases({
  name: "memoryStorage",
  cases,
  harness: {
    async create() {
      const storage = memoryStorage();
      return {
        storage,
        otherProcess: storage.reopen(),
        hostTransaction: async () => {
          throw new Error("There are no host transactions in memory.");
        },
        close: async () => {},
      };
    },
    known: {
      "surveys/claim/status-of-a-newer-release": noOtherRelease,
      "surveys/arm/status-of-a-newer-release": noOtherRelease,
    },
  },
  runner: { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
});
