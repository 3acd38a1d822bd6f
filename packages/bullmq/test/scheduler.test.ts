import { randomUUID } from "node:crypto";
import { recordDeliveries, testScheduler } from "@csat/conformance";
import { silentLogger } from "@csat/core";
import { describeWithRedis } from "@csat-internal/test-support";
import { afterEach, describe, inject, it } from "vitest";
import { bullmqScheduler } from "../src/index.ts";
import { waitRealTime } from "./support/wait-real-time.ts";

describeWithRedis("on a real Redis", () => {
  testScheduler(
    "bullmqScheduler",
    {
      async create() {
        const scheduler = bullmqScheduler({
          connection: inject("redisUrl") ?? "",
          prefix: `csat-test-${randomUUID()}`,
          // These cases are about jobs, on machines of any speed; outages have tests of their own.
          timeoutMs: 10_000,
          // Handlers that throw do so on purpose here.
          logger: silentLogger,
        });
        return {
          ...recordDeliveries(scheduler),
          advance: waitRealTime,
          close: () => scheduler.close(),
        };
      },
      known: {
        "scheduler/delay/a-month-away-comes":
          "BullMQ waits in real time, and nobody waits a month for a test.",
      },
    },
    { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
  );
});
