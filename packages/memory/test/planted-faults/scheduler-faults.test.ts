import { recordDeliveries, schedulerCases } from "@csat/conformance";
import type { Scheduler } from "@csat/core";
import { describe, expect, test } from "vitest";
import { fakeClock, inProcessScheduler } from "../../src/index.ts";
import { findingOf } from "./planted-fault.ts";
import { schedulerFaults } from "./scheduler-faults.ts";

/** A scheduler on a fake clock, as `plant` makes it. */
function aFixture(plant: (scheduler: Scheduler) => Scheduler) {
  const clock = fakeClock();
  return {
    ...recordDeliveries(plant(inProcessScheduler({ clock }))),
    advance: (ms: number) => clock.advance(ms),
    now: () => clock.now(),
  };
}

describe("the scheduler cases notice that", () => {
  for (const { title, caughtBy, plant } of schedulerFaults) {
    test(title, async () => {
      const sound = aFixture((scheduler) => scheduler);
      expect(await findingOf({ cases: schedulerCases, id: caughtBy, fixture: sound })).toBeNull();
      const faulty = aFixture(plant);
      expect(await findingOf({ cases: schedulerCases, id: caughtBy, fixture: faulty })).toBeTypeOf("string");
    });
  }
});
