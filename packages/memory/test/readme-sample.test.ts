import { createCsat } from "@csat/core";
import { expect, test } from "vitest";
import { fakeClock, inProcessScheduler, memoryMailer, memoryStorage, memoryTickets } from "../src/index.ts";

// The sample of this package's README, step by step: keep the two alike.
test("a survey goes out an hour after its ticket was resolved, all in memory", async () => {
  const clock = fakeClock("2026-01-05T09:00:00Z");
  const storage = memoryStorage({ clock });
  const scheduler = inProcessScheduler({ clock });
  const mailer = memoryMailer();
  const tickets = memoryTickets();
  clock.settleWith(() => scheduler.idle());

  const publicUrl = "https://help.example.com/csat";
  const csat = createCsat({ storage, scheduler, mailer, tickets, clock, publicUrl });
  const worker = await csat.startWorker();

  await csat.updateSettings("acme", { enabled: true, sendDelay: "1_hour" });
  tickets.put("acme", {
    ticketId: "T1",
    status: "resolved",
    customer: { name: "Jane", email: "jane@example.com", locale: null },
  });
  const resolved = { workspaceId: "acme", ticketId: "T1", actorId: "bob", resolvedAt: clock.now() };
  await csat.ticketResolved(resolved);

  await clock.advance({ minutes: 59 });
  expect(mailer.sent).toEqual([]);
  await clock.advance({ minutes: 1 });
  expect(mailer.sent).toHaveLength(1);
  await worker.stop();
});
