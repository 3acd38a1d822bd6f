import { type CsatConfig, defineConfig } from "@csat/cli";
import { createTransport } from "nodemailer";
import { openClock } from "./clock.ts";
import { type Environment, readConfig } from "./config.ts";
import { wireCsat } from "./csat.ts";
import { inspectCsat, migrateCsat } from "./csat-storage.ts";
import { openDatabase } from "./database.ts";

// The inbox of a running demo is known to that process alone; here it stands for a server that nobody reaches.
const nobodysServer = "smtp://127.0.0.1:9";

/**
 * What the `csat` command works with beside a demo that runs with the same variables: its database, its clock, its mail
 * server, its Redis. The database must be a server, since a folder belongs to one process. Nothing is created.
 * @throws CsatError `invalid_config`, `storage_failed`
 */
export async function commandConfig(environment: Environment): Promise<CsatConfig> {
  const { port, database: where, smtpUrl, redisUrl } = readConfig(environment);
  const { database, close: closeDatabase } = await openDatabase(where);
  const clock = await openClock({ database, isShared: true });
  const { csat, mailer, pingRedis, close } = wireCsat({
    database,
    clock,
    origin: `http://127.0.0.1:${port}`,
    smtpUrl: smtpUrl ?? nobodysServer,
    redisUrl,
    webhooks: null,
  });
  return defineConfig({
    csat,
    database: { migrate: () => migrateCsat(database), inspect: () => inspectCsat(database) },
    ...(smtpUrl === null ? {} : { mailer }),
    checks: {
      ...(pingRedis === null ? {} : { redis: pingRedis }),
      ...(smtpUrl === null ? {} : { smtp: () => createTransport(smtpUrl).verify() }),
    },
    close: async () => {
      await close();
      await closeDatabase();
    },
  });
}
