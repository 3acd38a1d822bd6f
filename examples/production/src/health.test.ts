import { CsatError, type Health } from "@csat/core";
import { expect, test } from "vitest";
import { healthRoutes } from "./health.ts";

const longAgo = new Date("2026-03-01T12:00:00Z");
const outage: Health = {
  readAt: new Date("2026-03-02T12:00:00Z"),
  dueSurveys: 4_000,
  oldestDueAt: longAgo,
  expiredLeases: 900,
  failedSurveys: 4_000,
  dueEvents: 100,
  deadEvents: 7,
  waitingSince: longAgo,
  eventsWaitingSince: longAgo,
  mailFailingSince: [{ workspaceId: "acme", channel: "email", since: longAgo }],
  receiverFailingSince: [],
  givenUpSince: [],
};

async function ready(health: () => Promise<Health>, isStopping = false) {
  const routes = healthRoutes({ csat: { health }, isStopping: () => isStopping });
  const response = await routes.request("/readyz");
  return [response.status, await response.json()];
}

test("a process is ready while the database answers, whatever waits, and tells nobody what waits", async () => {
  expect(await ready(async () => outage)).toEqual([200, { status: "ready" }]);
});

test("it is not ready while the database does not answer", async () => {
  const down = async () => {
    throw new CsatError("storage_failed", "The database does not answer.");
  };
  expect(await ready(down)).toEqual([503, { status: "not_ready", reason: "database" }]);
});

test("it is not ready while it stops", async () => {
  expect(await ready(async () => outage, true)).toEqual([503, { status: "not_ready", reason: "stopping" }]);
});
