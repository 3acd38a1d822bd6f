import type { Change } from "@csat/core";
import { postgresStorage, type Statement } from "@csat/postgres";
import { beforeEach, expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { emptyTables } from "./support/fixture.ts";
import { aWorkspace, claimOf, dueAt, ticketHead, ticketKey, ticketKeys } from "./support/heads.ts";
import { plansOf } from "./support/plans.ts";

const server = connections(4);
beforeEach(() => emptyTables(server.db()));

const customerKey = (workspaceId: string, id: string) => ({ kind: "customer", workspaceId, id }) as const;

/** A storage that remembers its statements, and opens no transaction. */
function countingStorage() {
  const told: Statement[] = [];
  const query = (statement: Statement) => {
    told.push(statement);
    return server.pool().query(statement.text, [...statement.values]);
  };
  const transaction = () => Promise.reject(new Error("a transaction was opened"));
  return { told, storage: postgresStorage({ query, transaction }) };
}

/** Two customers, of which one is stored, and a leased ticket: what the begin of a send meets. */
async function aBegin(workspaceId: string) {
  const storage = postgresStorage(server.pool());
  const ticket = ticketKey(workspaceId);
  const [stored, absent] = [customerKey(workspaceId, "ann"), customerKey(workspaceId, "bob")];
  await storage.auto.write([{ heads: [{ key: stored, expected: 0, state: {}, cells: null }] }]);
  await storage.auto.write([{ heads: [ticketHead(ticket, { due: dueAt(0) })] }]);
  const [claimed] = await storage.auto.claim(claimOf());
  const lease = { id: claimed?.leaseId ?? "", extendMs: 60_000 };
  return { ticket, stored, absent, lease };
}

test("a send that compares customers, stored and not, begins in one statement", async () => {
  const workspaceId = aWorkspace();
  const { ticket, stored, absent, lease } = await aBegin(workspaceId);
  const { told, storage } = countingStorage();
  const begun: Change = {
    heads: [ticketHead(ticket, { expected: 1, lease })],
    compared: [
      { key: stored, expected: 1 },
      { key: absent, expected: 0 },
    ],
    customers: ["ann", "bob"],
    tokens: [
      { hash: `ticket of ${workspaceId}`, key: ticket },
      { hash: `customer of ${workspaceId}`, key: absent },
    ],
  };
  expect(await storage.auto.write([begun])).toEqual(["written"]);
  expect(told).toHaveLength(1);
});

test("a hundred tickets that compare one customer are one statement, and so are two calls that meet", async () => {
  const workspaceId = aWorkspace();
  const { stored } = await aBegin(workspaceId);
  const { told, storage } = countingStorage();
  const keys = ticketKeys(workspaceId, 100);
  await storage.auto.write(keys.map((key) => ({ heads: [ticketHead(key)] })));
  const compared = [{ key: stored, expected: 1 }];
  const writes = keys.map((key): Change => ({ heads: [ticketHead(key, { expected: 1 })], compared }));
  told.length = 0;
  expect(new Set(await storage.auto.write(writes.slice(0, 50)))).toEqual(new Set(["written"]));
  expect(told).toHaveLength(1);
  // Two go at once, and all that come meanwhile are the third.
  const outcomes = await Promise.all(writes.slice(50).map((change) => storage.auto.write([change])));
  expect(new Set(outcomes.flat())).toEqual(new Set(["written"]));
  expect(told.length).toBeLessThanOrEqual(4);
});

test.each([0, 1])("a write that compares a customer at version %i reads no table whole", async (expected) => {
  const workspaceId = aWorkspace();
  for (const table of ["tickets", "customers"])
    await server.pool().query(
      `insert into csat.${table} (workspace_id, id, version, state)
       select $1, n::text, 1, '{}' from generate_series(1, 5000) n`,
      [workspaceId],
    );
  await server.pool().query("vacuum analyze csat.tickets, csat.customers");
  const key = customerKey(workspaceId, expected === 0 ? "absent" : "7");
  const heads = [ticketHead(ticketKey(workspaceId, "7"), { expected: 1 })];
  const { scans } = await plansOf(server.pool(), async ({ auto }) => {
    expect(await auto.write([{ heads, compared: [{ key, expected }] }])).toEqual(["written"]);
  });
  expect(scans.filter((scan) => scan.startsWith("Seq"))).toEqual([]);
  expect(scans.some((scan) => scan.includes("customers_pkey"))).toBe(true);
});
