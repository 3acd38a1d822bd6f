import { createCsat, type TicketSnapshot } from "@csat/core";
import { inProcessScheduler, memoryMailer } from "@csat/memory";
import { postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { expect, test } from "vitest";
import { openServer } from "../world/storages.ts";

const ref = { workspaceId: "acme", ticketId: "T1" };
const ticket: TicketSnapshot = {
  ticketId: "T1",
  status: "resolved",
  subject: "Printer",
  url: null,
  workspaceName: "Acme",
  customer: { name: "Ada", email: null, locale: null },
  assignee: null,
};

test("links and answers within a transaction that holds the pool's only connection answer", async ({
  onTestFinished,
}) => {
  // S81, S82: whoever asked for another connection here would wait for ever.
  const server = await openServer();
  await server.fresh();
  const pool = new pg.Pool({ connectionString: server.url, max: 1 });
  onTestFinished(async () => {
    await pool.end();
    await server.close();
  });
  const db = drizzle(pool);
  const asking = async (): Promise<never> => {
    await pool.query("select 1");
    throw new Error("asked");
  };
  const csat = createCsat({
    storage: postgresStorage(db),
    scheduler: inProcessScheduler(),
    mailer: memoryMailer(),
    tickets: { getTicket: asking, getTickets: asking },
    theme: asking,
    publicUrl: "https://help.example.com/csat",
  });
  await csat.updateSettings("acme", { enabled: true });
  await db.transaction(async (tx) => {
    const request = { ref, ticket, resolution: { actorId: "olivia", resolvedAt: new Date() } };
    expect(await csat.issueLinks(request, { tx })).toMatchObject({ kind: "issued", again: false });
    expect(await csat.issueLinks(request, { tx })).toMatchObject({ kind: "issued", again: true });
    const answer = { ref, rating: 5, channel: "chat", actorId: null } as const;
    expect(await csat.recordAnswer(answer, { tx })).toMatchObject({ kind: "recorded" });
    expect(await csat.recordAnswer(answer, { tx })).toMatchObject({ kind: "duplicate" });
  });
  expect(await csat.getTicketPanel(ref)).toMatchObject({ state: "answered", response: { rating: 5 } });
});
