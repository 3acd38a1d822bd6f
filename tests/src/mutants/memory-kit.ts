// Bundled with a fault and run as a process of its own: see main.ts.
import { knownWithoutHostTransactions } from "@csat/conformance";
import { memoryStorage } from "@csat/memory";
import { runCases } from "./run-cases.ts";

const reason = "a storage in memory joins no transaction of a host";

await runCases(
  async () => {
    const storage = memoryStorage();
    return {
      storage,
      otherProcess: storage.reopen(),
      hostTransaction: async () => {
        throw new Error(reason);
      },
      inZone: async () => storage.reopen(),
    };
  },
  Object.keys(knownWithoutHostTransactions(reason)),
);
