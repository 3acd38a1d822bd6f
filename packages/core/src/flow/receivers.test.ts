import { expect, test } from "vitest";
import { countAtWork, failsWithOthers, forgetServed, newReceivers, roomFor } from "./receivers.ts";

function atWork(counts: Readonly<Record<string, number>>) {
  const receivers = newReceivers();
  for (const [workspaceId, count] of Object.entries(counts)) {
    for (let place = 0; place < count; place++) countAtWork(receivers, workspaceId, 1);
  }
  return receivers;
}

test.each([
  ["nobody at work", {}, { full: [], room: 5 }],
  ["one has two of five", { a: 2 }, { full: [], room: 3 }],
  ["one is full, another has one", { a: 5, b: 1 }, { full: ["a"], room: 4 }],
  ["both are full", { a: 5, b: 6 }, { full: ["a", "b"], room: 5 }],
])("room for more deliveries: %s", (_name, counts, expected) => {
  expect(roomFor(atWork(counts), 5)).toEqual(expected);
});

test("a workspace whose deliveries have ended is forgotten", () => {
  const receivers = atWork({ a: 2 });
  countAtWork(receivers, "a", -1);
  countAtWork(receivers, "a", -1);
  expect(receivers.atWork.size).toBe(0);
});

test("an event fails with others when another one failed at that endpoint before", () => {
  const receivers = newReceivers();
  const fails = (eventId: string) => failsWithOthers(receivers, "https://crm.example.com/", eventId);
  expect([fails("e1"), fails("e1"), fails("e2"), fails("e1")]).toEqual([false, false, true, false]);
  expect(failsWithOthers(receivers, "https://other.example.com/", "e2")).toBe(false);
});

test("of workspaces that were passed over, those with nothing under way are forgotten", () => {
  const receivers = atWork({ busy: 1 });
  for (let place = 0; place < 5_000; place++) receivers.passedOver.add(`w${place}`);
  receivers.passedOver.add("busy");
  forgetServed(receivers);
  expect([...receivers.passedOver]).toEqual(["busy"]);
});
