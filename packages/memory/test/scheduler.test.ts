import { recordDeliveries, testScheduler } from "@csat/conformance";
import { silentLogger } from "@csat/core";
import { afterEach, describe, it } from "vitest";
import { fakeClock, inProcessScheduler } from "../src/index.ts";

testScheduler(
  "inProcessScheduler",
  {
    async create() {
      const clock = fakeClock();
      return {
        ...recordDeliveries(inProcessScheduler({ clock, logger: silentLogger })),
        advance: (ms) => clock.advance(ms),
        now: () => clock.now(),
        close: async () => {},
      };
    },
  },
  { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
);
