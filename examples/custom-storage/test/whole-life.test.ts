import { createCsat } from "@csat/core";
import { fakeClock, inProcessScheduler, memoryMailer, memoryTickets } from "@csat/memory";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { migrate, openSqlite, sqliteStorage } from "../src/index.ts";
import { anEmptyFile } from "./empty-file.ts";

test("a ticket resolved in the host's transaction is surveyed, answered and counted", async () => {
  const file = await anEmptyFile();
  const { url } = file;
  const clock = fakeClock("2026-01-05T09:00:00Z");
  const scheduler = inProcessScheduler({ clock });
  const mailer = memoryMailer();
  const tickets = memoryTickets();
  const publicUrl = "https://help.example.com/csat";

  const sqlite = openSqlite({ url });
  await migrate(sqlite);
  const csat = createCsat({ storage: sqliteStorage(sqlite), scheduler, mailer, tickets, clock, publicUrl });

  await sqlite.transaction(async (tx) => {
    await tx.run(sql`create table tickets (id text primary key, status text not null)`);
    await tx.run(sql`insert into tickets values ('T-1', 'open')`);
  });
  await csat.updateSettings("acme", { enabled: true, sendDelay: "1_hour" });
  const customer = { name: "Jane", email: "jane@example.com", locale: null };
  tickets.put("acme", { ticketId: "T-1", status: "resolved", customer });
  const resolution = { workspaceId: "acme", ticketId: "T-1", actorId: "bob", resolvedAt: clock.now() };

  await sqlite.transaction(async (tx) => {
    await tx.run(sql`update tickets set status = 'resolved' where id = 'T-1'`);
    await csat.ticketResolved(resolution, { tx });
  });
  expect(await sqlite.reader.all(sql`select status from tickets`)).toEqual([{ status: "resolved" }]);

  await clock.advance({ hours: 1 });
  // As a worker's sweep does: a resolution inside a transaction woke nobody.
  await csat.runDue();
  expect(mailer.sent).toHaveLength(1);
  const token = /\/r\/([\w-]+)/.exec(`${mailer.sent[0]?.text}`)?.[1] ?? "";
  await csat.submitResponse({ token, rating: 4, comment: "Thank you" });

  const panel = await csat.getTicketPanel({ workspaceId: "acme", ticketId: "T-1" });
  expect(panel).toMatchObject({ state: "answered", response: { rating: 4, comment: "Thank you" } });
  const { current, byResolver } = await csat.getMetrics("acme", { days: 7 });
  expect(current).toMatchObject({ sent: 1, responses: 1, averageRating: 4 });
  expect(byResolver).toMatchObject([{ actorId: "bob", responses: 1 }]);
  sqlite.close();
  await file.close();
});
