import { bullmqScheduler } from "@csat/bullmq";
import { migrate, printMigrations } from "@csat/postgres";
import { createTestDatabase, describeWithRedis, sized } from "@csat-internal/test-support";
import { Queue } from "bullmq";
import { drizzle } from "drizzle-orm/node-postgres";
import { expect, inject, test } from "vitest";
import { aSystem, type Ending, type System } from "./world/a-system.ts";
import { mailFigures, printFigures } from "./world/figures.ts";
import { answer } from "./world/links.ts";
import { mailGate } from "./world/mail-gate.ts";
import type { ReceivedMail } from "./world/mail-server.ts";
import { startReceiver } from "./world/receiver.ts";
import { until, untilAtLeast } from "./world/wait.ts";

const surveys = sized({ usual: 100, full: 250 });
const unknownOnes = 20;
const queuePrefix = `two-releases-${process.pid}`;

/** The tables as an older release left them: nothing is counted yet. */
function olderTables(): string {
  const [header, later] = [printMigrations({ after: Infinity }), printMigrations({ after: 2 })];
  return printMigrations().slice(0, header.length - later.length);
}

/** What only the next release knows: states of surveys, a type of event, and jobs. All of it is due. */
async function asNextRelease({ pool }: System, queue: Queue): Promise<void> {
  await pool.query(
    `update csat.surveys set status = 'paused', reason = 'quiet_hours'
     where id in (select id from csat.surveys where status = 'scheduled' limit $1)`,
    [unknownOnes],
  );
  await pool.query(
    `insert into csat.events (workspace_id, id, survey_id, type, created_at, data)
     select workspace_id, 'next-' || id, id, 'ticket.csat_reminded', now(), '{"channel":"sms"}'
     from csat.surveys where status = 'paused'`,
  );
  await pool.query(
    `insert into csat.due_events (workspace_id, event_id, wake_at, created_at)
     select workspace_id, id, '-infinity', now() from csat.events where id like 'next-%'`,
  );
  const { rows } = await pool.query<{ id: string }>("select id from csat.surveys where status = 'paused'");
  await queue.addBulk(
    rows.map(({ id: surveyId }) => {
      const data = { kind: "remind_customer", workspaceId: "acme", surveyId, generation: 1, attempt: 0 };
      return { name: "remind_customer", data };
    }),
  );
}

/** A queue beside the scheduler's, as another release would hold one. */
function nextReleasesQueue(redisUrl: string, { onTestFinished }: Ending): Queue {
  const queue = new Queue("work", { connection: { url: redisUrl }, prefix: queuePrefix });
  onTestFinished(async () => {
    await queue.obliterate({ force: true });
    await queue.close();
  });
  return queue;
}

describeWithRedis("two releases at once", () => {
  test("migrations run while answers and claims go on, and nothing of the next release is claimed", async ({
    onTestFinished,
  }) => {
    // S10, S24, S52
    const database = await createTestDatabase(inject("databaseUrl"));
    onTestFinished(() => database.drop());
    const redisUrl = inject("redisUrl") ?? "";
    const queue = nextReleasesQueue(redisUrl, { onTestFinished });
    const scheduler = bullmqScheduler({ connection: redisUrl, prefix: queuePrefix, queueName: "work" });
    onTestFinished(() => scheduler.close());
    const receiver = await startReceiver({ onTestFinished });
    const { url, secret } = receiver;
    const system = await aSystem({
      onTestFinished,
      databaseUrl: database.url,
      makeTables: (pool) => pool.query(olderTables()),
      scheduler,
      worker: { redisUrl, queuePrefix, receiver: { urls: [url], secret, allowPrivateAddresses: true } },
    });
    const { mailServer, pool, storage } = system;
    const answers: Promise<number>[] = [];
    const gate = mailGate(surveys / 5);
    mailServer.behavior = {
      onMail: (mail: ReceivedMail) => {
        answers.push(answer(system, mail, 4));
        return gate.onMail();
      },
    };
    const ticketIds = await system.addTickets({ workspaceId: "acme", count: surveys });
    await system.resolve({ workspaceId: "acme", ticketIds });
    await asNextRelease(system, queue);

    const older = [system.startWorker(), system.startWorker()];
    await untilAtLeast(() => answers.length, surveys / 5);
    const answeredBefore = answers.length;
    gate.letPass(Infinity);
    await migrate(drizzle(pool));
    const answeredWhileMigrating = answers.length - answeredBefore;
    const newer = [system.startWorker(), system.startWorker()];
    await Promise.all(newer.map(({ ready }) => ready));
    for (const worker of older) expect(await worker.stop(), worker.lines.join("\n")).toBe(0);

    const mailed = surveys - unknownOnes;
    await until(() => mailServer.taken.length, mailed);
    await until(() => new Set(receiver.taken).size, mailed);
    await until(() => system.statuses(), { answered: mailed, paused: unknownOnes });
    for (const worker of newer) expect(await worker.stop(), worker.lines.join("\n")).toBe(0);
    const figures = mailFigures({ surveys: mailed, mails: mailServer.taken });
    printFigures("two releases", {
      "surveys in": surveys,
      "of the next release": unknownOnes,
      ...figures,
      "answers before the migrations": answeredBefore,
      "while they ran": answeredWhileMigrating,
      "events delivered": new Set(receiver.taken).size,
    });
    expect(figures).toMatchObject({ distinct: mailed, lost: 0, repeated: 0 });
    expect(new Set(await Promise.all(answers))).toEqual(new Set([201]));
    expect(await storage.recount("acme")).toEqual([]);
    const { rows: claimed } = await pool.query(
      `select 1 from csat.events where id like 'next-%' and deliveries <> '[]'
       union all select 1 from csat.due_events where event_id like 'next-%' and lease_id is not null
       union all select 1 from csat.surveys where status = 'paused' and (begun or attempts > 0)`,
    );
    expect(claimed).toEqual([]);
    const logged = [...older, ...newer].flatMap(({ lines }) => lines);
    expect(logged.filter((line) => line.startsWith("error"))).toEqual([]);
  });
});
