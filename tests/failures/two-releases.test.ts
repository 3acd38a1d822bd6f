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

/** What a migration of the next release may do to tables that are in use. There is no second one yet to run for real. */
const nextMigration = [
  "alter table csat.tickets add column priority int not null default 2",
  "alter table csat.due_tickets add column channel text not null default 'mail'",
  "alter table csat.events add column channel text",
  "alter table csat.answers add column language text",
  "create index answers_of_the_next_release on csat.answers (workspace_id, rating)",
  "create table csat.reminders (id bigint primary key)",
];

/** All that only the next release knows, as it stands. */
async function ofNextRelease({ pool }: System): Promise<readonly unknown[]> {
  const { rows } = await pool.query(
    `select t.id, t.version, t.state::text, d.wake_at, d.first_due_at, d.failed_at
     from csat.tickets t left join csat.due_tickets d on d.workspace_id = t.workspace_id and d.id = t.id
     where t.state -> 'survey' ->> 'status' = 'paused'
     union all
     select e.id, e.version, e.state::text, d.wake_at, d.first_due_at, d.failed_at
     from csat.events e left join csat.due_events d on d.workspace_id = e.workspace_id and d.id = e.id
     where e.id like 'next-%' order by 1`,
  );
  return rows;
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
  test("columns, an index and a table are added while answers and claims go on; what only the next release knows is written by none of this one, and holds up nothing", async ({
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
      worker: {
        redis: redisUrl,
        queuePrefix,
        receiver: { urls: [url], secret, allowPrivateAddresses: true },
      },
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
    const told = await ofNextRelease(system);
    expect(told).toHaveLength(2 * unknownOnes);

    const older = [system.startWorker(), system.startWorker()];
    await untilAtLeast(() => answers.length, surveys / 5);
    const answeredBefore = answers.length;
    gate.letPass(Infinity);
    for (const statement of nextMigration) await pool.query(statement);
    // As each process that starts may do.
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
    // It was leased, perhaps, as all that is due: that costs the next release a lease's time, and nothing else.
    expect(await ofNextRelease(system)).toEqual(told);
    const logged = [...older, ...newer].flatMap(({ lines }) => lines);
    expect(logged.filter((line) => line.startsWith("error"))).toEqual([]);
  });
});
