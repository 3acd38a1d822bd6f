import { type Clock, type Csat, createCsat, type Mailer, type WebhookTransport } from "@csat/core";
import { readReport } from "@csat/mail-reports";
import { nodemailerMailer } from "@csat/nodemailer";
import { csatStorage } from "./csat-storage.ts";
import type { HelpdeskDatabase, HelpdeskTransaction } from "./database.ts";
import { openScheduler } from "./scheduler.ts";
import { terminalLogger } from "./terminal-logger.ts";
import { attributes, ticketSource } from "./ticket-source.ts";
import { workspaceName } from "./users.ts";

/** From where mails leave, and where they come back. */
export const helpdeskMailbox = "csat@helpdesk.example";

/** The library over the helpdesk's own database, and how to let go of it. */
export interface WiredCsat {
  readonly csat: Csat<HelpdeskTransaction>;
  readonly mailer: Mailer;
  /** Rejects when Redis does not answer; null without one. */
  readonly pingRedis: (() => Promise<void>) | null;
  readonly close: () => Promise<void>;
}

/**
 * Embeds the library: this file is all of it, but for the events in `desk.ts` and the routes in `csat-handler.ts`.
 * @throws CsatError `invalid_config`
 */
export function wireCsat(parts: {
  readonly database: HelpdeskDatabase;
  readonly clock: Clock;
  /** Where the helpdesk is reached; mails link there. */
  readonly origin: string;
  readonly smtpUrl: string;
  readonly redisUrl: string | null;
  /** Null where nothing is sent. */
  readonly webhooks: WebhookTransport | null;
}): WiredCsat {
  const { database, clock, origin, smtpUrl, redisUrl, webhooks } = parts;
  const mailer = nodemailerMailer({ transport: smtpUrl, from: senderOf(smtpUrl) });
  const { scheduler, ping: pingRedis, close: closeScheduler } = openScheduler({ redisUrl, clock });
  const csat = createCsat({
    storage: csatStorage(database),
    scheduler,
    mailer,
    tickets: ticketSource({ database, origin }),
    ...(webhooks === null ? {} : { webhooks }),
    publicUrl: `${origin}/csat`,
    workspaceName,
    attributes,
    // Often, so that mails leave soon after a mail server is back.
    sweepEveryMs: 1_000,
    clock,
    logger: terminalLogger,
  });
  return {
    csat,
    mailer,
    pingRedis,
    close: () => closeScheduler().finally(() => mailer.close()),
  };
}

/** Takes a mail that came back to the helpdesk: what it tells of a survey is told to the library. */
export async function takeReport(csat: Pick<Csat, "mailReported">, raw: Uint8Array): Promise<void> {
  const report = await readReport(raw);
  if (report !== null) await csat.mailReported(report);
}

/** Mail providers want the account's own address as the sender. */
function senderOf(smtpUrl: string): string {
  const account = decodeURIComponent(new URL(smtpUrl).username);
  return account.includes("@") ? account : helpdeskMailbox;
}
