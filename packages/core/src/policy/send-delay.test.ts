import { expect, test } from "vitest";
import { sendDelayMs, sendDelays } from "./send-delay.ts";

test("the four delays last 0 hours, 1 hour, 24 hours and 72 hours", () => {
  // S2
  expect(sendDelays.map(sendDelayMs)).toEqual([0, 3_600_000, 86_400_000, 259_200_000]);
});
