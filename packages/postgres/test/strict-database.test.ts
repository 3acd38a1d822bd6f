import { type LogFields, silentLogger } from "@csat/core";
import { postgresStorage } from "@csat/postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { connections, meeting } from "./support/connections.ts";
import { openPool } from "./support/open-pool.ts";
import { aBegunSend, answerTo, aTicket, at, newSurvey, ticketsOf } from "./support/survey-steps.ts";

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

  test("claims of ten workers meet without an error, and share nothing", async () => {
    const { workspaceId } = aTicket();
    await server.storage().surveys.arm(ticketsOf(workspaceId, 100).map((ref) => newSurvey(ref)));
    const claim = () => server.storage().surveys.claimDue({ now: at(60), leaseForMs: 600_000, limit: 10 });
    const claimed = (await Promise.all(Array.from({ length: 10 }, claim))).flat();
    expect(new Set(claimed.map(({ row }) => row.id)).size).toBe(claimed.length);
    expect(claimed.length).toBeGreaterThanOrEqual(10);
  });

  test("of ten answers through one link one is recorded, the others are duplicates", async () => {
    // S24
    const { tokenHash } = await aBegunSend(server.storage(), aTicket());
    const answer = () => server.storage().responses.record(answerTo(tokenHash));
    const outcomes = await Promise.all(Array.from({ length: 10 }, answer));
    const kinds = outcomes.map(({ kind }) => kind).toSorted();
    expect(kinds).toEqual([...Array.from({ length: 9 }, () => "duplicate"), "recorded"]);
  });

  test("a statement that met another is repeated at read committed, as are all later ones, and the log says so once", async () => {
    const warnings: LogFields[] = [];
    const logger = { ...silentLogger, warn: (fields: LogFields) => void warnings.push(fields) };
    const storage = postgresStorage(server.db(), { logger });
    for (const subject of ["First", "Second"]) {
      const met = await meeting(
        server,
        ({ settings }) => settings.patch("acme", { subject: "Another" }),
        () => storage.settings.patch("acme", { subject }),
      );
      expect([met.second.subject, met.waited]).toEqual([subject, true]);
    }
    expect(warnings).toHaveLength(1);
  });
});
