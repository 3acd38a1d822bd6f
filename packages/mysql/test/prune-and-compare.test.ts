import type { Change } from "@csat/core";
import { mysqlStorage } from "@csat/mysql";
import type { RowDataPacket } from "mysql2";
import { expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { aWorkspace, customerHead, ticketHead, ticketKey } from "./support/heads.ts";

// One, since a server counts what each of them does.
const server = connections(1);

const digits = Array.from({ length: 10 }, (_, digit) => `select ${digit} as n`).join(" union all ");
const numbers = `select a.n + 10 * b.n + 100 * c.n + 1000 * d.n as n
  from (${digits}) a, (${digits}) b, (${digits}) c, (${digits}) d`;

async function counted(what: string): Promise<number> {
  const [rows] = await server.pool().query<RowDataPacket[]>(`show session status like '${what}'`);
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
}

test("a prune of five old rows of each kind reads none of ten thousand younger ones", async () => {
  // S78
  const pool = server.pool();
  const when = "if(n < 5, '2026-01-01', '2026-02-01') + interval n second";
  await pool.query(`insert into csat_journal (workspace_id, ticket_id, at, event)
    select 'acme', concat('t', n), ${when}, 'resolved' from (${numbers}) n`);
  await pool.query(`insert into csat_tokens (hash, kind, workspace_id, id, created_at)
    select concat('h', n), if(n % 2 = 0 or n < 5, 'ticket', 'customer'), 'acme', concat('t', n), ${when} from (${numbers}) n`);
  await pool.query(`insert into csat_events (workspace_id, id, version, state, created_at, ticket_id)
    select 'acme', concat('e', n), 1, '{}', ${when}, concat('t', n) from (${numbers}) n`);
  // Answers without a comment are older than all.
  await pool.query(`insert into csat_answers (workspace_id, ticket_id, survey_id, rating, comment, responded_at, resolved_by)
    select 'acme', concat('t', n), concat('s', n), 5, if(n < 5000, 'Thanks', null), if(n < 5000, ${when}, '2025-01-01'), ''
    from (${numbers}) n`);
  for (const table of ["journal", "tokens", "events", "answers"])
    await pool.query(`analyze table csat_${table}`);
  const until = new Date("2026-01-15T00:00:00.000Z");
  const ask = { comments: until, journal: until, events: until, tokens: until, limit: 1_000 };
  const before = await counted("Handler_read%");
  expect(await server.storage().prune(ask)).toEqual({ isMoreLeft: false });
  expect((await counted("Handler_read%")) - before).toBeLessThan(500);
  const left = async (what: string) => {
    const [[row]] = await pool.query<RowDataPacket[]>(`select count(*) as count from ${what}`);
    return Number(row?.count);
  };
  expect(await left("csat_journal")).toBe(9_995);
  expect(await left("csat_tokens")).toBe(9_995);
  expect(await left("csat_events")).toBe(9_995);
  expect(await left("csat_answers where comment is not null")).toBe(4_995);
});

test("a write that compares costs one statement more, however many records it compares", async () => {
  // S61
  const storage = mysqlStorage(server.pool());
  const workspaceId = aWorkspace();
  const customer = customerHead(workspaceId).key;
  const settings = { kind: "workspace", workspaceId, id: "" } as const;
  const head = { key: settings, expected: 0, state: {}, cells: null };
  expect(await storage.auto.write([{ heads: [customerHead(workspaceId), head] }])).toEqual(["written"]);
  const statements = async (changes: readonly Change[]) => {
    const before = await counted("Questions");
    expect(await storage.auto.write(changes)).toEqual(changes.map(() => "written"));
    return (await counted("Questions")) - before;
  };
  const tickets = (name: string) => [ticketHead(ticketKey(workspaceId, name))];
  const compared = [
    { key: customer, expected: 1 },
    { key: { ...customer, id: "absent" }, expected: 0 },
    { key: settings, expected: 1 },
  ];
  const without = await statements([{ heads: tickets("T1") }, { heads: tickets("T2") }]);
  expect(await statements([{ heads: tickets("T3") }, { heads: tickets("T4") }])).toBe(without);
  const comparing = await statements([
    { heads: tickets("T5"), compared },
    { heads: tickets("T6"), compared },
  ]);
  expect(comparing - without).toBe(1);
  const [absent] = await storage.auto.read([{ ...customer, id: "absent" }]);
  expect(absent?.version).toBe(0);
});
