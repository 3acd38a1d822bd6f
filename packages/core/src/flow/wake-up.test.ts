import { expect, test } from "vitest";
import type { ResolveOutcome } from "../csat.ts";
import type { WakeUp } from "../ports/scheduler.ts";
import { safeTelemetry } from "./safe-telemetry.ts";
import { wakeUpFor } from "./wake-up.ts";

const noon = new Date("2026-05-04T12:00:00.000Z");

/** What the scheduler is asked for when these surveys were armed. */
async function asked(surveys: readonly { readonly workspaceId?: string; readonly dueAt?: Date }[]) {
  const wakeUps: WakeUp[] = [];
  const scheduler = {
    schedule: async (more: readonly WakeUp[]) => void wakeUps.push(...more),
    cancel: async () => {},
    start: async () => ({ stop: async () => {} }),
  };
  const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const outcomes = surveys.map(
    ({ workspaceId = "acme", dueAt = noon }, place): ResolveOutcome => ({
      kind: "scheduled",
      workspaceId,
      ticketId: `t${place}`,
      surveyId: `s${place}`,
      generation: 1,
      dueAt,
    }),
  );
  await wakeUpFor({ scheduler, logger, telemetry: safeTelemetry() }, outcomes);
  return wakeUps;
}

/** So many times the same. */
function times<Item>(count: number, item: Item): readonly Item[] {
  return Array.from({ length: count }, () => item);
}

function at(ms: number): Date {
  return new Date(noon.getTime() + ms);
}

test("a few surveys wake a worker each, and can be cancelled each", async () => {
  const wakeUps = await asked(times(9, {}));
  expect(wakeUps.map(({ job }) => job.kind)).toEqual(times(9, "send_survey"));
});

test("of many that are due in one moment, every ten wake one worker, and the rest one each", async () => {
  const wakeUps = await asked(times(95, {}));
  expect(wakeUps.map(({ job }) => job.kind)).toEqual([
    ...times(9, "send_surveys"),
    ...times(5, "send_survey"),
  ]);
  expect(new Set(wakeUps.map(({ runAt }) => runAt.toISOString()))).toEqual(
    new Set(["2026-05-04T12:00:00.000Z"]),
  );
  expect(new Set(wakeUps.map(({ job }) => JSON.stringify(job))).size).toBe(14);
});

test("ten within a second wake one when the last of them is due; ten over a longer time wake one each", async () => {
  const close = Array.from({ length: 10 }, (_, place) => ({ dueAt: at(place * 111) }));
  expect((await asked(close)).map(({ runAt }) => runAt)).toEqual([at(999)]);
  const apart = Array.from({ length: 10 }, (_, place) => ({ dueAt: at(place * 112) }));
  expect((await asked(apart)).map(({ runAt }) => runAt)).toEqual(apart.map(({ dueAt }) => dueAt));
});

test("no workspace wakes for another", async () => {
  const mixed = Array.from({ length: 10 }, (_, place) => ({ workspaceId: place < 5 ? "acme" : "globex" }));
  expect((await asked(mixed)).map(({ job }) => job.kind)).toEqual(times(10, "send_survey"));
});
