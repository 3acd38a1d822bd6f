import { sized } from "@csat-internal/test-support";
import { expect, test } from "vitest";
import { aSystem } from "./world/a-system.ts";
import { printFigures } from "./world/figures.ts";
import { until } from "./world/wait.ts";

const flood = sized({ usual: 1_000, full: 10_000 });
const concurrency = 10;

test("with a flood of surveys due in one workspace, another's single one leaves within two batches", async ({
  onTestFinished,
}) => {
  // S58
  const system = await aSystem({ onTestFinished, worker: { concurrency } });
  const { taken } = system.mailServer;
  const ticketIds = await system.addTickets({ workspaceId: "flood", count: flood });
  await system.resolve({ workspaceId: "flood", ticketIds });
  await system.resolve({
    workspaceId: "single",
    ticketIds: await system.addTickets({ workspaceId: "single", count: 1 }),
  });
  const placeOf = (recipient: string) => taken.findIndex((mail) => mail.recipient === recipient);
  system.startWorker();
  const hasLeft = (recipient: string) => () => (placeOf(recipient) >= 0 ? "left" : taken.length);
  await until(hasLeft("t0@single.example"), "left");

  // One more becomes due while the flood is being worked on.
  const lateIds = await system.addTickets({ workspaceId: "late", count: 1 });
  const before = taken.length;
  await system.resolve({ workspaceId: "late", ticketIds: lateIds });
  const resolvedBehind = taken.length;
  await until(hasLeft("t0@late.example"), "left");

  printFigures("flood", {
    "surveys in": flood + 2,
    "mails before the single one": placeOf("t0@single.example"),
    "mails before the late one": placeOf("t0@late.example") - resolvedBehind,
    "mails while it was resolved": resolvedBehind - before,
  });
  expect(placeOf("t0@single.example")).toBeLessThan(2 * concurrency);
  // The batch under way when it came, and the next.
  expect(placeOf("t0@late.example") - resolvedBehind).toBeLessThan(2 * concurrency);
});
