import { bullmqScheduler } from "@csat/bullmq";
import { migrate } from "@csat/postgres";
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
import { surveysTable } from "./world/surveys-table.ts";
import { until, untilAtLeast } from "./world/wait.ts";

const surveys = sized({ usual: 100, full: 250 });
const unknownOnes = 20;
const queuePrefix = `two-releases-${process.pid}`;

/** What only the next release knows: a status of surveys, a type of event, and jobs. All of it is due. */
async function asNextRelease({ pool }: System, queue: Queue): Promise<void> {
  await pool.query(
    `update csat.tickets set version = version + 1,
       state = (state::jsonb || jsonb_build_object('survey', state::jsonb -> 'survey' || '{"status":"paused"}'))::json
     where (workspace_id, id) in
       (select workspace_id, ticket_id from ${surveysTable} where status = 'scheduled' limit $1)`,
    [unknownOnes],
  );
  await pool.query(
    `insert into csat.events (workspace_id, id, version, state, created_at, ticket_id)
     select workspace_id, 'next-' || id, 1, '{"v":1,"type":"ticket.csat_reminded","channel":"sms"}', now(), ticket_id
     from ${surveysTable} where status = 'paused'`,
  );
  await pool.query(
    `insert into csat.due_events (workspace_id, id, wake_at, first_due_at)
     select workspace_id, id, now(), now() from csat.events where id like 'next-%'`,
  );
  const { rows } = await pool.query<{ id: string }>(`select id from ${surveysTable} where status = 'paused'`);
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
  test("migrations run while answers and claims go on, and nothing of the next release is touched", async ({
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
    // Whatever an older release does not know it leaves as it stands: nothing of it was written.
    const { rows: changed } = await pool.query(
      `select 1 from csat.events where id like 'next-%' and version > 1
       union all select 1 from ${surveysTable} where status = 'paused' and attempts > 0`,
    );
    expect(changed).toEqual([]);
    const logged = [...older, ...newer].flatMap(({ lines }) => lines);
    expect(logged.filter((line) => line.startsWith("error"))).toEqual([]);
  });
});
