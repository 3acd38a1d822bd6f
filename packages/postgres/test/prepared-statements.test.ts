import { migrate, type PostgresStorageOptions, postgresStorage, type Statement } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { connections } from "./support/connections.ts";
import { aWorkspace, claimOf, dueAt, eventHead, ticketChange, ticketKey } from "./support/heads.ts";
import { aHelpdesk, tokenOf } from "./support/helpdesk.ts";
import { openPool } from "./support/open-pool.ts";

const server = connections(2);
const longest = "s".repeat(63);
beforeAll(async () => {
  for (const schema of ["one", "other", longest]) await migrate(server.db(), { schema });
});

/** Every statement that a ticket's life takes, with the name it goes under. */
async function statementsOf(options: PostgresStorageOptions): Promise<readonly Statement[]> {
  const told: Statement[] = [];
  const query = (statement: Statement) => {
    told.push(statement);
    return server.pool().query(statement.text, [...statement.values]);
  };
  const transaction = async <Result>(work: (executor: { query: typeof query }) => Promise<Result>) =>
    work({ query });
  const storage = postgresStorage({ query, transaction }, options);
  const workspaceId = aWorkspace();
  const desk = await aHelpdesk(storage, [workspaceId]);
  const refs = Array.from({ length: 3 }, (_, place) => ({ workspaceId, ticketId: `T${place}` }));
  await desk.csat.ticketsResolved(refs.map((ref) => ({ ...ref, actorId: "ann", resolvedAt: desk.now() })));
  desk.pass(60);
  await desk.csat.runDue();
  await desk.csat.submitResponse({ token: tokenOf(desk.mails[0]), rating: 5, comment: null });
  await desk.csat.runDue();
  await desk.csat.getMetrics(workspaceId, { days: 7 });
  await desk.csat.listEvents(workspaceId);
  await desk.csat.health();
  // Writes of all kinds at once have the longest names.
  await storage.own(async (session) => {
    const keys = (["ticket", "customer", "event", "workspace"] as const).map((kind) => ({
      kind,
      workspaceId,
      id: kind === "workspace" ? "" : "new",
    }));
    await session.read(keys);
    await session.read(keys.slice(0, 3).map((key) => ({ ...key, lock: true })));
    await session.write([
      {
        heads: [
          ...ticketChange(ticketKey(workspaceId, "whole"), { due: dueAt(60) }).heads,
          eventHead(workspaceId, "whole", { due: dueAt(60) }),
        ],
        forget: true,
        tokens: [{ hash: `link of ${workspaceId}`, key: ticketKey(workspaceId, "whole") }],
      },
    ]);
  });
  await desk.csat.eraseTickets(refs);
  return told;
}

test("names fit into Postgres' 63 bytes, however long the schema's is, and stand for one text each", async () => {
  const told = [
    ...(await statementsOf({ schema: longest })),
    ...(await statementsOf({ schema: "one" })),
    ...(await statementsOf({ schema: "other" })),
  ];
  const texts = new Map<string, Set<string>>();
  for (const { name, text } of told)
    if (name !== undefined) texts.set(name, (texts.get(name) ?? new Set()).add(text));
  expect([...texts.keys()].filter((name) => Buffer.byteLength(name) > 63)).toEqual([]);
  expect([...texts.values()].filter((of) => of.size > 1)).toEqual([]);
  expect(texts.size).toBeGreaterThan(30);
});

test("two schemas share a connection, and each statement finds its own tables", async () => {
  const pool = openPool(server.url(), 1);
  onTestFinished(() => pool.end());
  const key = ticketKey(aWorkspace());
  const stores = ["one", "other"].map((schema) => postgresStorage(pool, { schema }));
  for (const [place, store] of stores.entries())
    expect(await store.auto.write([ticketChange(key, { state: { stands: place }, due: dueAt(60) })])).toEqual(
      ["written"],
    );
  for (const [place, store] of stores.entries()) {
    expect(await store.auto.read([key])).toMatchObject([{ version: 1, state: { stands: place } }]);
    const claimed = await store.auto.claim(claimOf({ limit: 99 }));
    expect(claimed.map(({ head }) => head.state)).toContainEqual({ stands: place });
  }
});

test.each([
  [true, "are prepared under a name on the connection"],
  [false, "leave nothing on the connection, as an older PgBouncer needs it"],
])("with prepare: %s statements %s", async (prepare) => {
  for (const over of ["a pool", "drizzle"]) {
    const pool = openPool(server.url(), 1);
    onTestFinished(() => pool.end());
    const storage = postgresStorage(over === "drizzle" ? drizzle(pool) : pool, { schema: "one", prepare });
    const key = ticketKey(aWorkspace());
    await storage.auto.write([ticketChange(key, { due: dueAt(60) })]);
    await storage.auto.claim(claimOf());
    await storage.own(async (session) => session.read([{ ...key, lock: true }]));
    const { rows } = await pool.query("select name from pg_prepared_statements");
    expect(rows.length > 0, over).toBe(prepare);
  }
});
