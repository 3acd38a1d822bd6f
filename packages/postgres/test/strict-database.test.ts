import { type LogFields, silentLogger } from "@csat/core";
import { postgresStorage } from "@csat/postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { connections, meeting } from "./support/connections.ts";
import { aWorkspace, claimOf, dueAt, idsOf, ticketChange, ticketKey, ticketKeys } from "./support/heads.ts";
import { openPool } from "./support/open-pool.ts";

// S57
describe.each(["repeatable read", "serializable"])("on a database that defaults to %s", (level) => {
  const server = connections(10);
  beforeAll(async () => {
    const admin = openPool(server.url(), 1);
    await admin.query(
      `do $$ begin execute format('alter database %I set default_transaction_isolation = %L', current_database(), '${level}'); end $$`,
    );
    await admin.end();
  });

  test("statements alone run at that level", async () => {
    const { rows } = await server.pool().query("show transaction_isolation");
    expect(rows).toEqual([{ transaction_isolation: level }]);
  });

  const storage = () => postgresStorage(server.db(), { logger: silentLogger });

  test("claims of ten workers meet without an error, and share nothing", async () => {
    const keys = ticketKeys(aWorkspace(), 100);
    await storage().auto.write(keys.map((key) => ticketChange(key, { due: dueAt(0) })));
    const claim = () => storage().auto.claim(claimOf());
    const claimed = idsOf((await Promise.all(Array.from({ length: 10 }, claim))).flat());
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(claimed.length).toBeGreaterThanOrEqual(10);
  });

  test("of ten writes of one version one is written, the others are conflicts", async () => {
    // S24
    const key = ticketKey(aWorkspace());
    for (const expected of [0, 1]) {
      const write = () => storage().auto.write([ticketChange(key, { expected })]);
      const outcomes = (await Promise.all(Array.from({ length: 10 }, write))).flat();
      expect(outcomes.toSorted()).toEqual([...Array.from({ length: 9 }, () => "conflict"), "written"]);
    }
  });

  test("a statement that met another is repeated at read committed, as are all later ones, and the log says so once", async () => {
    const warnings: LogFields[] = [];
    const logger = { ...silentLogger, warn: (fields: LogFields) => void warnings.push(fields) };
    const told = postgresStorage(server.db(), { logger });
    for (const _time of ["first", "second"]) {
      const key = ticketKey(aWorkspace());
      const met = await meeting(
        server,
        (session) => session.write([ticketChange(key)]),
        () => told.auto.write([ticketChange(key)]),
      );
      expect([met.first, met.second, met.waited]).toEqual([["written"], ["conflict"], true]);
    }
    expect(warnings).toHaveLength(1);
  });
});
