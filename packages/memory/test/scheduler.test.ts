import { recordDeliveries, testScheduler } from "@csat/conformance";
import { afterEach, describe, it } from "vitest";
import { fakeClock, inProcessScheduler } from "../src/index.ts";

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
  { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
);
