import { nodemailerMailer } from "@csat/nodemailer";
import { postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { messageIdOf, startSmtpServer, type TestSmtpServer } from "../world/smtp.ts";
import { openServer } from "../world/storages.ts";

const workers = 20;
const surveys = 200;

let server: Awaited<ReturnType<typeof openServer>> | undefined;
let smtp: TestSmtpServer | undefined;
const pools: pg.Pool[] = [];

beforeAll(async () => {
  server = await openServer();
  smtp = await startSmtpServer();
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await smtp?.close();
  await server?.close();
});

test("twenty workers, each with a connection of its own, mail two hundred due surveys once each", async () => {
  // S10
  if (server === undefined || smtp === undefined) throw new Error("No server.");
  const { url } = smtp;
  const world = await aWorld({ storage: await server.fresh() });
  const resolvedAt = world.clock.now();
  const tickets = Array.from({ length: surveys }, (_, place) => `T${place}`);
  for (const ticketId of tickets) world.ticket(ticketId, { status: "resolved" });
  await world.csat.ticketsResolved(
    tickets.map((ticketId) => ({ workspaceId, ticketId, actorId: "olivia", resolvedAt })),
  );
  world.clock.move(3_600_000);

  const processes = Array.from({ length: workers }, () => {
    const pool = new pg.Pool({ connectionString: server?.url, max: 1 });
    pools.push(pool);
    return world.anotherProcess({
      storage: postgresStorage(drizzle(pool)),
      mailer: nodemailerMailer({ transport: url, from: "csat@help.example.com" }),
    });
  });
  const reports = await Promise.all(processes.map((csat) => csat.runDue()));

  expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(surveys);
  expect(smtp.mails).toHaveLength(surveys);
  expect(new Set(smtp.mails.map(messageIdOf)).size).toBe(surveys);
  expect(await world.csat.health()).toMatchObject({ dueSurveys: 0, failedSurveys: 0 });
});
