import type { WebhookTransport } from "@csat/core";
import { nodemailerMailer } from "@csat/nodemailer";
import { startSmtpServer } from "../world/smtp.ts";
import { costOf, type DatabaseCost, type Parts } from "./survey-database.ts";
import { type SizePerSurvey, sizesOf } from "./survey-size.ts";

/** One step in a survey's life, per survey. */
export interface StepCost extends DatabaseCost {
  readonly step: string;
}

/** What surveys cost: by step, and by table once they are mailed and once they are answered as well. */
export interface SurveyCosts {
  readonly steps: readonly StepCost[];
  readonly mailed: readonly SizePerSurvey[];
  readonly answered: readonly SizePerSurvey[];
  readonly mails: number;
  readonly answers: number;
  readonly deliveries: number;
}

const workspaceId = "bench";
const comment =
  "Quick and friendly, though I had to explain the same thing twice before somebody understood it.";

/**
 * Takes `surveys` of them through their whole life over one connection, with a real mail server, and measures each step. Every
 * survey is answered with a comment of 95 characters. The database must be migrated and empty.
 */
export async function measureSurveys(url: string, surveys: number): Promise<SurveyCosts> {
  const smtp = await startSmtpServer();
  const mailer = nodemailerMailer({
    transport: `${smtp.url}?pool=true&maxConnections=10`,
    from: "csat@help.example.com",
  });
  const wiring = { url, mailer, webhooks: receiver };
  const steps: StepCost[] = [];
  const measure = async (step: string, count: number, work: (parts: Parts) => Promise<unknown>) => {
    const { statements, executingMs, cpuMs } = await costOf(wiring, work);
    steps.push({
      step,
      statements: statements / count,
      executingMs: executingMs / count,
      cpuMs: cpuMs === null ? null : cpuMs / count,
    });
  };
  try {
    await costOf(wiring, ({ csat }) =>
      csat.updateSettings(workspaceId, { enabled: true, sendDelay: "immediately" }),
    );
    const half = Math.floor(surveys / 2);
    await measure("resolve, one by one", half, async ({ csat }) => {
      for (let ticket = 0; ticket < half; ticket++) await csat.ticketResolved(resolved(ticket));
    });
    await measure("resolve, 1,000 in a call", surveys - half, ({ csat }) =>
      csat.ticketsResolved(Array.from({ length: surveys - half }, (_, index) => resolved(half + index))),
    );
    await measure("send", surveys, ({ csat }) => csat.runDue());
    const mailed = await sizesOf(url, surveys);
    const tokens = smtp.mails.map(tokenOf);
    await measure("open the page", tokens.length, async ({ csat }) => {
      for (const token of tokens) await csat.openSurvey(token);
    });
    await measure("answer", tokens.length, async ({ csat }) => {
      for (const [place, token] of tokens.entries()) {
        await csat.submitResponse({ token, rating: place % 5 === 0 ? 2 : 5, comment });
      }
    });
    let deliveries = 0;
    await measure("deliver to one receiver", tokens.length, async ({ csat }) => {
      deliveries = (await csat.runDue()).delivered;
    });
    await measure("fold the counts, once a sweep", surveys, ({ storage }) =>
      storage.maintain(new Date(), new AbortController().signal),
    );
    return {
      steps,
      mailed,
      answered: await sizesOf(url, surveys),
      mails: smtp.mails.length,
      answers: tokens.length,
      deliveries,
    };
  } finally {
    mailer.close();
    await smtp.close();
  }
}

function resolved(ticket: number) {
  return {
    workspaceId,
    ticketId: `ticket-${ticket}`,
    actorId: `operator-${ticket % 20}`,
    resolvedAt: new Date(),
  };
}

/** What a delivery costs the network is the receiver's affair: this one takes every event at once. */
const receiver: WebhookTransport = {
  endpointsFor: async () => [{ id: "crm", url: "https://crm.example.com/csat" }],
  deliver: async () => ({ ok: true }),
};

/** The token in the links of a mail as it came over the wire: quoted-printable breaks lines and writes "=" as "=3D". */
function tokenOf(mail: string): string {
  const token = /\/r\/([A-Za-z0-9_-]+)\?rating=1/.exec(
    mail.replaceAll("=\r\n", "").replaceAll("=3D", "="),
  )?.[1];
  if (token === undefined) throw new Error("A mail has no link.");
  return token;
}
