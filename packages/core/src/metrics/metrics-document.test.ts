import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { MetricsCounts } from "../ports/store/counts.ts";
import { type Rating, ratings } from "../survey/response.ts";
import { assemble } from "./assemble.ts";
import { readRange } from "./date-window.ts";
import type { Metrics } from "./metrics.ts";

/** What stands in an example of the document; see its introduction. */
interface Example {
  readonly now?: string;
  readonly range: unknown;
  readonly sent?: Readonly<Record<string, number>>;
  readonly ratings?: Readonly<Record<string, readonly number[]>>;
  readonly operators?: Readonly<Record<string, readonly number[]>>;
  readonly cohortAnswered?: number;
  /** The part of the answer that the example tells. */
  readonly gives: unknown;
}

const document = readFileSync(new URL("../../../../docs/reference/metrics.md", import.meta.url), "utf8");
const sections = document.split(/^## /m).slice(1);
const examples = sections.flatMap((section) =>
  Array.from(section.matchAll(/^```json\n(.*?)^```/gms), ([, json = ""], index) => ({
    name: `${section.split("\n")[0]}, ${index + 1}`,
    // Any other shape fails below, where its figures are missing.
    example: JSON.parse(json) as Example,
  })),
);

test.each(examples)("$name: the figures of the document are those of the code", ({ example }) => {
  expect(differences(answerTo(example), example.gives)).toEqual([]);
});

test("every section with a formula has an example", () => {
  const without = sections
    .filter((section) => !section.includes("```json"))
    .map((section) => section.split("\n")[0]);
  expect(without).toEqual(["Slices", "Lists and export"]);
});

test("an example that tells a wrong figure would be found", () => {
  const given = { range: { from: "2026-03-01", to: "2026-03-01" }, sent: { "2026-03-01": 3 } };
  expect(
    differences(answerTo({ ...given, gives: null }), { current: { sent: 4, rate: 1 }, daily: [] }),
  ).toEqual(["current.sent: 3, not 4", "current.rate: undefined, not 1", "daily: 1 entries, not 0"]);
});

function answerTo(example: Example): Metrics {
  const windows = readRange(example.range, new Date(example.now ?? "2026-03-10T12:00:00Z"));
  if ("issues" in windows) throw new Error(JSON.stringify(windows.issues));
  const counts: MetricsCounts = {
    sent: Object.entries(example.sent ?? {}).map(([day, count]) => ({ day, count })),
    ratings: rated(example.ratings).map(({ key, ...row }) => ({ day: key, ...row })),
    // The empty id stands for Unattributed: JSON has no null key.
    resolvers: rated(example.operators).map(({ key, ...row }) => ({
      actorId: key === "" ? null : key,
      ...row,
    })),
    cohortAnswered: example.cohortAnswered ?? 0,
  };
  return assemble({
    windows,
    counts,
    names: new Map(),
    bySlice: null,
    byChannel: [],
    notAsked: null,
    sampling: { percents: [100] },
  });
}

function rated(groups: Example["ratings"] = {}) {
  return Object.entries(groups).flatMap(([key, counts]) =>
    ratings.flatMap((rating: Rating) => {
      const count = counts[rating - 1] ?? 0;
      return count === 0 ? [] : [{ key, rating, count }];
    }),
  );
}

// What is told must be so, numbers to four decimals; what is not told may be anything, but no list has more entries.
function differences(actual: unknown, told: unknown, path = ""): readonly string[] {
  if (typeof told === "number" && typeof actual === "number") {
    return actual.toFixed(4) === told.toFixed(4) ? [] : [`${path}: ${actual}, not ${told}`];
  }
  if (Array.isArray(told) && Array.isArray(actual) && told.length !== actual.length) {
    return [`${path}: ${actual.length} entries, not ${told.length}`];
  }
  if (typeof told === "object" && told !== null && typeof actual === "object" && actual !== null) {
    return Object.entries(told).flatMap(([key, value]: readonly [string, unknown]) =>
      differences(Reflect.get(actual, key), value, path === "" ? key : `${path}.${key}`),
    );
  }
  return actual === told ? [] : [`${path}: ${String(actual)}, not ${String(told)}`];
}
