import { expect, test } from "vitest";
import { inFairOrder } from "./fair-order.ts";

const entry = (name: string, dueAt: number) => {
  const [workspaceId = "", id = ""] = name.split("/");
  return { workspaceId, id, dueAt: new Date(dueAt) };
};

test("the oldest of each workspace come first, then the second oldest of each", () => {
  // S58
  const entries = [
    entry("flood/3", 3),
    entry("flood/1", 1),
    entry("flood/2", 2),
    entry("flood/4", 4),
    entry("quiet/1", 90),
    entry("calm/1", 50),
    entry("calm/2", 60),
  ];
  const order = inFairOrder(entries).map(({ workspaceId, id }) => `${workspaceId}/${id}`);
  expect(order).toEqual(["flood/1", "calm/1", "quiet/1", "flood/2", "calm/2", "flood/3", "flood/4"]);
});

test("of equal times the one that stood before goes first", () => {
  const names = ["b/2", "a/2", "b/1", "a/1"];
  const sorted = inFairOrder(names.map((name) => entry(name, 1)));
  expect(sorted.map(({ workspaceId, id }) => `${workspaceId}/${id}`)).toEqual(["b/2", "a/2", "b/1", "a/1"]);
});
