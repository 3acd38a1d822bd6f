import { sql } from "drizzle-orm";
import type { RowDataPacket } from "mysql2/promise";
import { expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { aWorkspace, ticketChange, ticketKey } from "./support/heads.ts";

const server = connections(4);

test("where MariaDB isolates snapshots, what changed since the host's is an error that the host can retry", async () => {
  // S57
  const [known] = await server
    .pool()
    .query<RowDataPacket[]>("show variables like 'innodb_snapshot_isolation'");
  // MySQL, and a MariaDB before the switch came, read what is committed by now: races-bulk.test.ts.
  if (known.length === 0)
    return console.log("This server has no innodb_snapshot_isolation: nothing to test.");
  const key = ticketKey(aWorkspace());
  await server.storage().auto.write([ticketChange(key)]);
  const attempt = server.db().transaction(
    async (tx) => {
      await tx.execute(sql`set session innodb_snapshot_isolation = on`);
      await tx.execute(sql`select count(*) from csat_tickets`);
      await server.storage().auto.write([ticketChange(key, { expected: 1 })]);
      await server
        .storage()
        .within(tx)
        .write([ticketChange(key, { expected: 2 })]);
    },
    { isolationLevel: "repeatable read" },
  );
  await expect(attempt).rejects.toMatchObject({
    code: "storage_failed",
    message: expect.stringContaining("repeat the whole transaction"),
    cause: { errno: 1020 },
  });
  expect(await server.storage().auto.read([key])).toMatchObject([{ version: 2 }]);
});
