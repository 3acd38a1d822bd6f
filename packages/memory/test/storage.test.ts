import { testStorage } from "@csat/conformance";
import { afterEach, describe, it } from "vitest";
import { memoryStorage } from "../src/index.ts";

testStorage(
  "memoryStorage",
  {
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
  },
  { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
);
