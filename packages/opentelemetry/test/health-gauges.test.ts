import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { observeHealth } from "../src/health-gauges.ts";
import { gauges } from "../src/instruments.ts";
import { aWorld } from "./a-world.ts";

const quiet = {
  "csat.surveys.waiting_time": 0,
  "csat.surveys.overdue_time": 0,
  "csat.events.waiting_time": 0,
  "csat.receivers.failing_time": 0,
  "csat.surveys.given_up": 0,
  "csat.events.given_up": 0,
  "csat.leases.expired": 0,
};

/** The gauges alone: they end in what no counter of ours ends in. */
function gaugesOf(figures: Readonly<Record<string, unknown>>) {
  const isGauge = (name: string) => /_time\b|given_up$|leases/.test(name);
  return Object.fromEntries(Object.entries(figures).filter(([name]) => isGauge(name)));
}

test("ages are shown in seconds when figures are collected, 0 while nothing waits, until it is stopped", async () => {
  const world = await aWorld();
  const stop = observeHealth(world.csat, { meter: world.meter });
  expect(gaugesOf(await world.figures())).toEqual(quiet);
  await world.resolve();
  await world.clock.advance({ hours: 1, seconds: 90 });
  // Nobody works.
  expect(gaugesOf(await world.figures())).toEqual({
    ...quiet,
    "csat.surveys.waiting_time": 90,
    "csat.surveys.overdue_time": 90,
  });
  world.mailer.answerNext({ kind: "unavailable", error: "ECONNREFUSED", concerns: "route" });
  await world.csat.runDue();
  // Put off: nothing could leave now.
  expect(gaugesOf(await world.figures())).toEqual({
    ...quiet,
    "csat.surveys.waiting_time": 90,
    "csat.mail.failing_time email": 90,
  });
  await world.clock.advance({ minutes: 2 });
  await world.csat.runDue();
  expect(world.mailer.sent).toHaveLength(1);
  // It is over, and told so.
  expect(gaugesOf(await world.figures())).toEqual({ ...quiet, "csat.mail.failing_time email": 0 });
  stop();
  await world.resolve("T2");
  await world.clock.advance({ hours: 2 });
  expect(await world.figures()).toMatchObject({
    "csat.surveys.waiting_time": 0,
    "csat.surveys.scheduled": 2,
  });
});

test("every gauge stands on the page of telemetry, and no other", async () => {
  const page = readFileSync(new URL("../../../docs/reference/telemetry.md", import.meta.url), "utf8");
  const table = page.split("\n## Gauges\n")[1]?.split("\n## ")[0] ?? "";
  const documented = [...table.matchAll(/^\| `(csat\.[\w.]+)`/gm)].map(([, name]) => name);
  expect(gauges.map(({ name }) => name)).toEqual(documented);
});

test("an endpoint that fails, and what was given up", async () => {
  const world = await aWorld({
    result: () => ({ ok: false, retryable: true, retryAfterMs: null, error: "HTTP 503", errorType: "503" }),
  });
  observeHealth(world.csat, { meter: world.meter });
  await world.resolve();
  await world.clock.advance({ hours: 1 });
  await world.csat.runDue();
  const [, token = ""] = /\/r\/([\w-]+)/.exec(world.mailer.sent[0]?.text ?? "") ?? [];
  await world.csat.submitResponse({ token, rating: 1 });
  await world.csat.runDue();
  await world.clock.advance({ seconds: 30 });
  expect(gaugesOf(await world.figures())).toEqual({
    ...quiet,
    "csat.events.waiting_time": 30,
    "csat.receivers.failing_time": 30,
  });
  for (const minutes of [1, 5, 30, 120, 360]) {
    await world.clock.advance({ minutes });
    await world.csat.runDue();
  }
  expect(gaugesOf(await world.figures())).toEqual({ ...quiet, "csat.events.given_up": 1 });
});

test("a database that does not answer shows nothing, and costs no other figure", async () => {
  const world = await aWorld();
  observeHealth({ health: () => Promise.reject(new Error("down")) }, { meter: world.meter });
  await world.resolve();
  expect(await world.figures()).toEqual({ "csat.surveys.scheduled": 1 });
});
