import { knownWithoutHostTransactions, testStorage } from "@csat/conformance";
import { afterEach, describe, it } from "vitest";
import { memoryStorage } from "../src/index.ts";

// `within` refuses, which storage.test.ts beside the source proves.
const noHost = "a host has no transactions of its own in memory";

testStorage(
  "memoryStorage",
  {
    async create() {
      const storage = memoryStorage();
      return {
        storage,
        otherProcess: storage.reopen(),
        hostTransaction: () => Promise.reject(new Error(noHost)),
        // Dates have no zone here.
        inZone: async () => storage.reopen(),
        close: async () => {},
      };
    },
    known: knownWithoutHostTransactions(noHost),
  },
  { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
);
