import { setTimeout as pause } from "node:timers/promises";
import type { ChaosWorld } from "./chaos-world.ts";

/** One kind of trouble. */
export interface Trouble {
  readonly id: string;
  readonly title: string;
  make(world: ChaosWorld): Promise<void>;
}

async function twoWorkers({ startWorker }: ChaosWorld) {
  return Promise.all([startWorker(), startWorker()]);
}

/** The quiet run first: the others are held against it. */
export const troubles: readonly Trouble[] = [
  {
    id: "quiet",
    title: "quiet",
    make: async (world) => void (await twoWorkers(world)),
  },
  {
    id: "restarts",
    title: "Postgres crashes after a third of the mails, and restarts after two",
    make: async (world) => {
      await twoWorkers(world);
      await world.mailsReach(world.surveys / 3);
      await world.server.crash();
      await world.server.resume();
      await world.mailsReach((world.surveys * 2) / 3);
      await world.server.halt();
      await world.server.resume();
    },
  },
  {
    id: "terminated",
    title: "every second all backends of the workers are terminated",
    make: async (world) => {
      await twoWorkers(world);
      while (!world.isOver()) {
        await world.pool.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'chaos-worker-%'",
        );
        await pause(1_000);
      }
    },
  },
  {
    id: "exhausted",
    title: "somebody else holds the whole pool of each worker for two thirds of the time",
    make: async (world) =>
      void (await Promise.all([world.startWorker("hogged"), world.startWorker("hogged")])),
  },
  {
    id: "killed",
    title: "SIGKILL of a worker after every fifth of the mails, another in its place",
    make: async (world) => {
      const workers = await twoWorkers(world);
      for (let fifth = 1; fifth < 5 && !world.isOver(); fifth++) {
        await world.mailsReach((world.surveys * fifth) / 5);
        await workers.shift()?.kill();
        workers.push(await world.startWorker());
      }
    },
  },
  {
    id: "idle",
    title: "a transaction that locks ten tickets is left idle for five seconds",
    make: async (world) => {
      const client = await world.pool.connect();
      await client.query("begin");
      await client.query("select 1 from csat.tickets order by id limit 10 for update");
      await twoWorkers(world);
      await pause(5_000);
      await client.query("rollback");
      client.release();
    },
  },
  {
    id: "reader",
    title: "a reader keeps one snapshot open all the time",
    make: async (world) => {
      const client = await world.pool.connect();
      await client.query("begin isolation level repeatable read");
      await client.query("select count(*) from csat.tickets");
      await twoWorkers(world);
      while (!world.isOver()) await pause(20);
      await client.query("rollback");
      client.release();
    },
  },
];
