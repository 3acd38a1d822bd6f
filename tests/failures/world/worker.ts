// One worker of the helpdesk, as a process of its own: it is killed, stopped and started by the tests.
import { lookup } from "node:dns/promises";
import { type Clock, createCsat, type Logger, type WebhookTransport } from "@csat/core";
import { inProcessScheduler } from "@csat/memory";
import { nodemailerMailer } from "@csat/nodemailer";
import { webhookTransport } from "@csat/webhooks";
import { openDatabase } from "./open-database.ts";
import type { FromWorker, Receiver, ToWorker, WorkerSettings } from "./worker-settings.ts";

// A parent that is gone wants nothing any more.
process.on("disconnect", () => process.exit(1));
process.on("message", function take(message: ToWorker) {
  if (message.kind !== "work") return;
  process.off("message", take);
  void work(message.settings);
});

async function work(settings: WorkerSettings): Promise<void> {
  let aheadMs = settings.aheadMs;
  const clock: Clock = { now: () => new Date(Date.now() + aheadMs) };
  const tell = (message: FromWorker) => process.send?.(message);
  const log = (level: "info" | "warn" | "error") => (fields: object, message: string) =>
    void tell({ kind: "log", level, fields: { ...fields }, message });
  const logger: Logger = { debug() {}, info: log("info"), warn: log("warn"), error: log("error") };

  const database = openDatabase(settings, (error) =>
    logger.warn({ code: error.code ?? error.message }, "an idle connection broke"),
  );
  const transport = `${settings.smtpUrl}?name=${settings.name}`;
  const mailer = nodemailerMailer({ transport, from: "csat@help.example.com" });
  const { redis, queuePrefix: prefix } = settings;
  const queue =
    redis === null
      ? null
      : (await import("@csat/bullmq")).bullmqScheduler({
          connection: redis,
          prefix,
          queueName: "work",
          clock,
          logger,
        });
  const scheduler = queue ?? inProcessScheduler({ clock, logger });
  const csat = createCsat({
    storage: database.storage,
    scheduler,
    mailer,
    webhooks: receivers(settings.receiver),
    tickets: database.tickets,
    publicUrl: "https://help.example.com/csat",
    leaseForMs: settings.leaseForMs,
    sweepEveryMs: settings.sweepEveryMs,
    clock,
    logger,
  });
  const worker = await csat.startWorker({ concurrency: settings.concurrency });

  process.on("message", (message: ToWorker) => {
    if (message.kind === "move_clock") aheadMs += message.byMs;
    if (message.kind === "stop") void stop();
  });
  tell({ kind: "ready" });

  async function stop(): Promise<void> {
    await worker.stop();
    mailer.close();
    await queue?.close();
    await database.end();
    process.exit(0);
  }
}

function receivers(receiver: Receiver | null): WebhookTransport {
  if (receiver === null) return webhookTransport({ endpoints: [] });
  const { urls, secret, timeoutMs = 3_600_000, addresses = {}, allowPrivateAddresses } = receiver;
  return webhookTransport({
    endpoints: urls.map((url, place) => ({ id: `receiver-${place}`, url, secret })),
    // Stamped by the machine's clock, whatever ours says: receivers refuse what is off theirs.
    timeoutMs,
    ...(allowPrivateAddresses ? { allowPrivateAddresses: true } : {}),
    lookup: async (name) =>
      addresses[name] ?? (await lookup(name, { all: true })).map(({ address }) => address),
  });
}
