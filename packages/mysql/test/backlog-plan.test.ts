import type { RowDataPacket } from "mysql2";
import { expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { at } from "./support/heads.ts";

// One, since a server counts what each of them reads.
const server = connections(1);

const digits = Array.from({ length: 10 }, (_, digit) => `select ${digit} as n`).join(" union all ");
const numbers = `select a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n as n
  from (${digits}) a, (${digits}) b, (${digits}) c, (${digits}) d, (${digits}) e`;

async function rowsRead(): Promise<number> {
  const [rows] = await server.pool().query<RowDataPacket[]>("show session status like 'Handler_read%'");
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
}

test("of a hundred thousand surveys that fail, what fails and what was given up is skipped through", async () => {
  const pool = server.pool();
  await pool.query(`insert into csat_due_tickets (workspace_id, id, ready, wake_at, first_due_at, reason)
    select 'acme', concat('t', n), 0, '2027-01-05', '2026-01-05' - interval n second, 'email' from (${numbers}) n`);
  await pool.query(`insert into csat_due_tickets (workspace_id, id, ready, failed_at, reason)
    select 'acme', concat('f', n), null, '2026-01-05' - interval n second, 'refused' from (${numbers}) n`);
  // Behind all of them in every index.
  await pool.query(`insert into csat_due_tickets (workspace_id, id, ready, wake_at, first_due_at, failed_at, reason) values
    ('zeta', 't', 1, '2027-01-05', '2026-01-04', null, 'sms'), ('zeta', 'f', null, null, null, '2026-01-04', 'unknown')`);
  await pool.query("analyze table csat_due_tickets");
  const before = await rowsRead();
  const backlog = await server.storage().backlog(at(60));
  const read = (await rowsRead()) - before;
  // 99,999 seconds before midnight.
  const first = new Date("2026-01-03T20:13:21.000Z");
  const fourth = new Date("2026-01-04T00:00:00.000Z");
  expect(backlog.failing).toEqual([
    { kind: "ticket", workspaceId: "acme", reason: "email", since: first },
    { kind: "ticket", workspaceId: "zeta", reason: "sms", since: fourth },
  ]);
  expect(backlog.givenUp).toEqual([
    { kind: "ticket", workspaceId: "acme", reason: "refused", since: first },
    { kind: "ticket", workspaceId: "zeta", reason: "unknown", since: fourth },
  ]);
  // Counting and the oldest may look at 10,000 rows each; one walk through all that fails would be 100,000.
  expect(read).toBeLessThan(60_000);
});
