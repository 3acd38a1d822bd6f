import { randomBytes } from "node:crypto";
import { startWebhookReceiver } from "@csat/conformance";
import { createTestDatabase, startPrivatePgbouncer } from "@csat-internal/test-support";
import { drizzle as drizzleNodePostgres } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePostgresJs } from "drizzle-orm/postgres-js";
import pg from "pg";
import postgres from "postgres";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, inject, test } from "vitest";
import { startMailServer } from "../../failures/world/mail-server.ts";
import { until } from "../../failures/world/wait.ts";
import { aLoop, type HostDatabase, workspaceId } from "./whole-loop.ts";

const clientConnections = 6;
const serverConnections = 3;
const surveys = 12;
const processZone = process.env.TZ;

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

interface Way {
  /** Where the database is reached. */
  readonly url: string;
  /** False where statements under a name would meet another's session. */
  readonly prepare: boolean;
  /** Fails when the way was not the one that it says. */
  check(): Promise<void>;
}

const ways: readonly (readonly [name: string, reach: () => Promise<Way>])[] = [
  ["through PgBouncer in transaction mode", throughPgbouncer],
  ["with process and sessions in Kiritimati", inKiritimati],
];

const drivers: readonly (readonly [name: string, open: (url: string) => HostDatabase])[] = [
  [
    "node-postgres",
    (url) => {
      const pool = new pg.Pool({ connectionString: url, max: clientConnections });
      endings.push(() => pool.end());
      return drizzleNodePostgres(pool);
    },
  ],
  [
    "postgres.js",
    (url) => {
      // By default it names its statements, its COMMIT among them, and a name is of one server connection.
      const client = postgres(url, { max: clientConnections, prepare: false, onnotice: () => {} });
      endings.push(() => client.end());
      return drizzlePostgresJs(client);
    },
  ],
];

describe.each(ways)("the whole loop %s", (_way, reach) => {
  test.each(drivers)(
    "%s: resolved with its ticket, mailed, answered once, told, counted on UTC days",
    async (_driver, open) => {
      // S4, S24, S45, S52, S53
      const way = await reach();
      const secret = `whsec_${randomBytes(24).toString("base64")}`;
      const receiver = await startWebhookReceiver();
      endings.push(() => receiver.close());
      const mailServer = await startMailServer();
      endings.push(() => mailServer.goDown());
      const ticketIds = Array.from({ length: surveys }, (_, place) => `T${place}`);
      const loop = await aLoop({
        webDatabase: open(way.url),
        workerDatabase: open(way.url),
        smtpUrl: mailServer.url,
        receiver: { url: `${receiver.origin}/csat`, secret },
        ticketIds: [...ticketIds, "taken back"],
        prepare: way.prepare,
      });

      // Noon of 2 March in UTC, two in the morning of 3 March in Kiritimati. More at once than there are connections.
      await Promise.all([
        ...ticketIds.map((ticketId) => loop.resolve(ticketId)),
        loop.resolve("taken back", "rollback"),
      ]);
      loop.clock.move(3_600_000);
      const worker = await loop.worker.startWorker();
      await until(() => mailServer.taken.length, surveys);
      const tokens = mailServer.taken.map(({ token }) => token);
      expect(new Set(mailServer.taken.map(({ recipient }) => recipient)).size).toBe(surveys);

      // Half answer on 2 March, each of them twice at once; half at the first moment of 3 March.
      const early = tokens.slice(0, surveys / 2);
      const posts = early.flatMap((token) => [loop.post(token, 5), loop.post(token, 5)]);
      const statuses = await Promise.all(posts);
      expect(statuses.filter((status) => status === 201)).toHaveLength(surveys / 2);
      expect(statuses.filter((status) => status === 409)).toHaveLength(surveys / 2);
      loop.clock.move(11 * 3_600_000);
      for (const token of tokens.slice(surveys / 2)) expect(await loop.post(token, 3)).toBe(201);

      const told = async () => await receivedBy(receiver.origin);
      await until(async () => (await told()).length, surveys);
      await worker.stop();
      for (const { headers, body } of await told()) new Webhook(secret).verify(body, headers);
      const respondedAt = (await told()).map(({ body }) => JSON.parse(body).data.respondedAt);
      expect(respondedAt.filter((at) => at === "2026-03-02T13:00:00.000Z")).toHaveLength(surveys / 2);
      expect(respondedAt.filter((at) => at === "2026-03-03T00:00:00.000Z")).toHaveLength(surveys / 2);

      const { current, daily, byResolver } = await loop.web.getMetrics(workspaceId, {
        from: "2026-03-02",
        to: "2026-03-03",
      });
      expect(current).toMatchObject({ sent: 12, responses: 12, averageRating: 4, responseRate: 1 });
      expect(daily.map(({ day, sent, responses }) => ({ day, sent, responses }))).toEqual([
        { day: "2026-03-02", sent: 12, responses: 6 },
        { day: "2026-03-03", sent: 0, responses: 6 },
      ]);
      expect(byResolver).toMatchObject([{ actorId: "olivia", responses: 12 }]);
      expect(await loop.web.getTicketPanel({ workspaceId, ticketId: "taken back" })).toMatchObject({
        state: "none",
      });
      expect(await loop.web.health()).toMatchObject({ dueSurveys: 0, failedSurveys: 0, deadEvents: 0 });
      await way.check();
    },
  );
});

/** Six connections of each process share three of the server: a session that meant something would be another's next. */
async function throughPgbouncer(): Promise<Way> {
  const database = await createTestDatabase(inject("databaseUrl"));
  endings.push(() => database.drop());
  const pgbouncer = await startPrivatePgbouncer({ databaseUrl: database.url, serverConnections });
  endings.push(() => pgbouncer.stop());
  return {
    url: pgbouncer.url,
    prepare: false,
    check: async () => {
      const direct = new pg.Client({ connectionString: database.url });
      await direct.connect();
      const { rows } = await direct.query<{ connections: number }>(
        // An autovacuum has an entry of its own.
        "select count(*)::int as connections from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()",
      );
      await direct.end();
      expect(rows).toEqual([{ connections: serverConnections }]);
    },
  };
}

/** Fourteen hours ahead of UTC: its days are never those of the figures for long. */
async function inKiritimati(): Promise<Way> {
  process.env.TZ = "Pacific/Kiritimati";
  endings.push(async () => {
    if (processZone === undefined) delete process.env.TZ;
    else process.env.TZ = processZone;
  });
  expect(new Date("2026-03-02T12:00:00Z").getDate()).toBe(3);
  const database = await createTestDatabase(inject("databaseUrl"));
  endings.push(() => database.drop());
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    `alter database "${new URL(database.url).pathname.slice(1)}" set timezone = 'Pacific/Kiritimati'`,
  );
  await client.end();
  return {
    url: database.url,
    prepare: true,
    check: async () => {
      const session = new pg.Client({ connectionString: database.url });
      await session.connect();
      const { rows } = await session.query<{ hour: number }>(
        "select extract(hour from timestamptz '2026-03-02T12:00:00Z')::int as hour",
      );
      await session.end();
      expect(rows).toEqual([{ hour: 2 }]);
    },
  };
}

interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

async function receivedBy(origin: string): Promise<readonly Received[]> {
  const response = await fetch(`${origin}/received`);
  // What `startWebhookReceiver` says that it lists.
  return (await response.json()) as readonly Received[];
}
