import { bullmqScheduler } from "@csat/bullmq";
import { type Csat, createCsat } from "@csat/core";
import { nodemailerMailer } from "@csat/nodemailer";
import { openTelemetry } from "@csat/opentelemetry";
import { type DrizzleTx, postgresStorage } from "@csat/postgres";
import { webhookTransport } from "@csat/webhooks";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import { ticketSource } from "./ticket-source.ts";

/** The library over production adapters, and how to let go of them. */
export interface WiredCsat {
  readonly csat: Csat<DrizzleTx>;
  readonly close: () => Promise<void>;
}

/** Web and worker processes are wired alike: what a process does is decided by what it starts. @throws CsatError `invalid_config` */
export function wireCsat(parts: {
  readonly config: Config;
  readonly database: Database;
  readonly logger: Logger;
}): WiredCsat {
  const { config, database, logger } = parts;
  const scheduler = bullmqScheduler({ connection: config.REDIS_URL, logger });
  const mailer = nodemailerMailer({ transport: config.SMTP_URL, from: config.MAIL_FROM });
  const webhooks = webhookTransport({
    endpoints: endpointsOf(config),
    allowPrivateAddresses: config.WEBHOOK_ALLOW_PRIVATE.split(",").filter((entry) => entry !== ""),
  });
  const csat = createCsat({
    storage: postgresStorage(database, { logger }),
    scheduler,
    mailer,
    tickets: ticketSource(database),
    webhooks,
    publicUrl: config.PUBLIC_URL,
    sweepEveryMs: config.SWEEP_EVERY_MS,
    telemetry: openTelemetry(),
    logger,
  });
  return {
    csat,
    close: async () => {
      mailer.close();
      await scheduler.close();
    },
  };
}

/** One receiver for everybody. A real helpdesk passes a function that reads the workspace's own subscriptions. */
function endpointsOf({ WEBHOOK_URL: url, WEBHOOK_SECRETS: secrets }: Config) {
  if (url === undefined || secrets === undefined) return [];
  return [{ id: "default", url, secret: secrets.split(" ") }];
}
