// Run by node:test in a process of its own: see node-test.test.ts.
import { afterEach, describe, it } from "node:test";
import {
  knownWithoutHostTransactions,
  recordDeliveries,
  type TestRunner,
  testScheduler,
  testStorage,
} from "@csat/conformance";
import { fakeClock, inProcessScheduler, memoryStorage } from "@csat/memory";

const runner: TestRunner = {
  describe: (name, body) => void describe(name, body),
  it: (name, body) => void it(name, body),
  skip: (name) => void it.skip(name),
  afterEach: (body) => afterEach(body),
};

const noHost = "a storage in memory joins no transaction of a host";

testStorage(
  "memoryStorage",
  {
    async create() {
      const storage = memoryStorage();
      return {
        storage,
        otherProcess: storage.reopen(),
        hostTransaction: () => Promise.reject(new Error(noHost)),
        inZone: async () => storage.reopen(),
        close: async () => {},
      };
    },
    known: knownWithoutHostTransactions(noHost),
  },
  runner,
);

testScheduler(
  "inProcessScheduler",
  {
    async create() {
      const clock = fakeClock();
      return {
        ...recordDeliveries(inProcessScheduler({ clock })),
        advance: (ms) => clock.advance(ms),
        now: () => clock.now(),
        close: async () => {},
      };
    },
  },
  runner,
);
