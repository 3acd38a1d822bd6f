import { sized, withoutRedis } from "@csat-internal/test-support";
import { expect, inject, test } from "vitest";
import type { BenchPath } from "./bench-path.ts";
import { benchPaths } from "./bench-paths.ts";
import { tableLine } from "./bench-table.ts";
import { measurePath } from "./measure-path.ts";

const reason = withoutRedis();
const usual: ReadonlySet<string> = new Set(["resolve-pg", "answer", "webhooks"]);
const some = sized({ usual: benchPaths.filter(({ id }) => usual.has(id)), full: benchPaths });
const runnable = some.filter(({ needsRedis }) => reason === null || needsRedis !== true);

// For its running only: no figure of a run so small means anything, and no test is to be fast.
test.each(runnable)("the bench of $id runs, and both of its sides come to a figure", async (path) => {
  const { rounds } = await measurePath(path, {
    server: { url: inject("databaseUrl"), origin: "the server of this run", stop: async () => {} },
    redisUrl: inject("redisUrl") ?? "",
    rounds: 1,
    isSmall: true,
    scale: 1,
  });
  expect(rounds.length).toBeGreaterThan(0);
  for (const { ours, raw } of rounds) {
    // CPU is told in steps of 10 ms, so that a small run may come to none.
    expect(ours).toBeGreaterThanOrEqual(0);
    expect(raw === null).toBe(path.rawSide === null);
    if (raw !== null) expect(raw).toBeGreaterThan(0);
  }
});

const path: BenchPath = {
  id: "sum",
  title: "a sum",
  rawSide: "by hand",
  unit: "ms",
  goal: { of: "ratio", atMost: 2 },
  measure: async () => ({ rounds: [] }),
};

test("a line of the table has the middle of each side, and is judged by the middle of the rounds' ratios", () => {
  const rounds = [
    { ours: 30, raw: 10 },
    { ours: 15, raw: 10 },
    { ours: 12, raw: 12 },
  ];
  expect(tableLine(path, { rounds })).toBe(
    "| a sum | by hand | 15.0 ms | 10.0 ms | 1.50 (1.00 – 3.00) | ≤ 2 × | met |",
  );
  const throughput: BenchPath = { ...path, unit: "/s", goal: { of: "ratio", atLeast: 2 } };
  expect(tableLine(throughput, { rounds })).toBe(
    "| a sum | by hand | 15.0 /s | 10.0 /s | 1.50 (1.00 – 3.00) | ≥ 2 × | **missed** |",
  );
});

test("a path without another side is judged by its own figure", () => {
  const alone: BenchPath = { ...path, rawSide: null, goal: { of: "value", atMost: 10 } };
  const rounds = [4, 200, 6].map((ours) => ({ ours, raw: null }));
  expect(tableLine(alone, { rounds })).toBe("| a sum | – | 6.00 ms | – | (4.00 – 200) | ≤ 10 ms | met |");
});
