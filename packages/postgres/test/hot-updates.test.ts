import { postgresStorage } from "@csat/postgres";
import { expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { aWorkspace } from "./support/heads.ts";
import { aHelpdesk } from "./support/helpdesk.ts";
import { openPool } from "./support/open-pool.ts";

const server = connections(4);

test("at least nine of ten updates of tickets in a run of sends are heap-only", async () => {
  const workspaceId = aWorkspace();
  const pool = openPool(server.url(), 4);
  const desk = await aHelpdesk(postgresStorage(pool), [workspaceId]);
  for (let batch = 0; batch < 4; batch++)
    await desk.csat.ticketsResolved(
      Array.from({ length: 500 }, (_, index) => ({
        workspaceId,
        ticketId: `T${batch}-${index}`,
        actorId: "ann",
        resolvedAt: desk.now(),
      })),
    );
  desk.pass(60);
  await desk.csat.runDue();
  expect(desk.mails).toHaveLength(2000);
  // A session tells what it did when it ends. A send begins and ends: two updates of each ticket.
  await pool.end();
  const counted = async () => {
    const { rows } = await server
      .pool()
      .query<{ readonly updates: number; readonly hot: number }>(
        "select n_tup_upd::int as updates, n_tup_hot_upd::int as hot from pg_stat_user_tables where relid = 'csat.tickets'::regclass",
      );
    return rows[0] ?? { updates: 0, hot: 0 };
  };
  await expect.poll(async () => (await counted()).updates).toBeGreaterThanOrEqual(4000);
  const { hot, updates } = await counted();
  expect(hot / updates, `${hot} of ${updates}`).toBeGreaterThanOrEqual(0.9);
});
