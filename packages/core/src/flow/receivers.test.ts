import { expect, test } from "vitest";
import { failsWithOthers, newReceivers } from "./receivers.ts";

test("an event fails with others when another one failed at that endpoint before", () => {
  const receivers = newReceivers();
  const fails = (eventId: string) => failsWithOthers(receivers, "https://crm.example.com/", eventId);
  expect([fails("e1"), fails("e1"), fails("e2"), fails("e1")]).toEqual([false, false, true, false]);
  expect(failsWithOthers(receivers, "https://other.example.com/", "e2")).toBe(false);
});

test("a thousand failing endpoints are remembered, and no more", () => {
  const receivers = newReceivers();
  for (let place = 0; place < 1_001; place++)
    failsWithOthers(receivers, `https://${place}.example.com/`, "e1");
  expect(receivers.failing.size).toBe(1_000);
  expect(failsWithOthers(receivers, "https://999.example.com/", "e2")).toBe(true);
  expect(failsWithOthers(receivers, "https://1000.example.com/", "e2")).toBe(false);
});
