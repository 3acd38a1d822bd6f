import { expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { at } from "./support/heads.ts";
import { plansOf } from "./support/plans.ts";

const server = connections(2);

test("a probe of a long queue reads no table whole, and of each kind as many rows as it counts to", async () => {
  await server.pool().query(`insert into csat.due_tickets (workspace_id, id, wake_at, first_due_at, ready)
    select 'w' || n % 100, 'due-' || n, timestamptz '2026-01-05Z', timestamptz '2026-01-05Z', n % 2 = 0 from generate_series(1, 60000) n`);
  await server.pool().query(`insert into csat.due_tickets (workspace_id, id, failed_at, reason)
    select 'w' || n % 100, 'failed-' || n, timestamptz '2026-01-05Z', 'refused' from generate_series(1, 30000) n`);
  await server
    .pool()
    .query(`update csat.due_tickets set lease_id = 'gone', lease_until = timestamptz '2026-01-05Z'
    where id in ('due-2', 'due-4')`);
  await server.pool().query("vacuum analyze csat.due_tickets");
  const { rows, scans } = await plansOf(server.pool(), async (storage) => {
    expect(await storage.backlog(at(60))).toMatchObject({
      dueSurveys: 10_000,
      failedSurveys: 10_000,
      expiredLeases: 2,
    });
  });
  expect(scans).toContain("Index Scan using due_tickets_leased_idx");
  // Three walks find 10,000 each: due, failed and the oldest; what fails and was given up is skipped through.
  expect(rows).toBeLessThanOrEqual(30_200);
});
