import { mailHeaders } from "../email/mail-headers.ts";
import { renderEmail } from "../email/render-email.ts";
import { maxCustomerNameLength } from "../email/variables.ts";
import { commitGraceMs, decideAtSend, isExpired, type SendDecision } from "../policy/decide-at-send.ts";
import { maxAttempts } from "../policy/retry-schedule.ts";
import type { Mail, MailOutcome } from "../ports/mailer.ts";
import type { Claimed, ClaimRef } from "../ports/storage/claim.ts";
import type { TicketSnapshot } from "../ports/ticket-source.ts";
import { cutText, isBlank, oneLine } from "../survey/clean-text.ts";
import { singleAddress } from "../survey/email-address.ts";
import { surveyLinks } from "../survey/links.ts";
import { readLocale } from "../survey/locale.ts";
import { defaultSettings, type WorkspaceSettings } from "../survey/settings.ts";
import type { PageFacts, Survey } from "../survey/survey.ts";
import { hashToken, newToken } from "../survey/token.ts";
import type { Context } from "./context.ts";
import { deadlinePassed, withDeadline } from "./deadline.ts";
import type { SendResult } from "./send-result.ts";
import { giveUp, journalResumed, putOff, settleMail, skipSurvey } from "./settle-send.ts";
import { errorName } from "./wake-up.ts";

/**
 * Takes one claimed survey through its last checks and, if they hold, to the mail server. Everything is read fresh;
 * the send is written down before it begins, so that a crash at any point repeats it with the same Message-ID.
 * @throws CsatError `storage_failed`; the lease then runs out by itself
 */
export function sendSurvey<Tx>(
  context: Context<Tx>,
  claimed: Claimed<Survey>,
  signal?: AbortSignal,
): Promise<SendResult> {
  const { id: surveyId, workspaceId, attempts } = claimed.row;
  return context.telemetry.span("send_survey", { surveyId, workspaceId, attempts }, () =>
    takeThrough(context, claimed, signal),
  );
}

async function takeThrough<Tx>(
  context: Context<Tx>,
  claimed: Claimed<Survey>,
  signal: AbortSignal | undefined,
): Promise<SendResult> {
  const survey = claimed.row;
  const claim: ClaimRef = { workspaceId: survey.workspaceId, id: survey.id, leaseId: claimed.leaseId };
  const { maxLatenessMs } = context;
  if (claimed.resumed) await journalResumed(context, survey);
  if (survey.attempts >= maxAttempts) return giveUp(context, { survey, claim });
  if (isExpired({ survey, maxLatenessMs, now: context.clock.now() })) {
    return skipSurvey(context, { survey, claim, reason: "expired" });
  }
  const read = await readFresh(context, survey, signal);
  if (signal?.aborted === true) {
    await context.storage.surveys.release([claim]);
    return "lost";
  }
  if (read === null) return putOff(context, { survey, claim, reason: "ticket_source_failed" });
  const { ticket, settings } = read;
  const decision = await decide(context, { survey, ticket, settings });
  if (decision.kind === "wait") {
    return putOff(context, { survey, claim, reason: "ticket_not_committed", retryAt: decision.until });
  }
  if (decision.kind === "skip" || ticket === null) {
    return skipSurvey(context, {
      survey,
      claim,
      reason: decision.kind === "skip" ? decision.reason : "ticket_not_found",
    });
  }
  const token = newToken();
  const page = pageFacts(survey, ticket);
  const mail = await compose(context, { survey, ticket, settings, token, page, address: decision.address });
  const begunAt = context.clock.now();
  const begun = await context.storage.surveys.beginSend(claim, {
    tokenHash: await hashToken(token),
    page,
    leaseForMs: context.leaseForMs,
    begunAt,
  });
  if (!begun) return "lost";
  context.telemetry.record("surveys.lag", begunAt.getTime() - survey.dueAt.getTime(), {});
  return settleMail(context, { survey, claim, outcome: await send(context, mail, signal) });
}

/** Null when the host threw or took too long. */
async function readFresh<Tx>(
  { tickets, storage, leaseForMs, logger }: Context<Tx>,
  { id, workspaceId, ticketId }: Survey,
  signal: AbortSignal | undefined,
): Promise<{ readonly ticket: TicketSnapshot | null; readonly settings: WorkspaceSettings } | null> {
  const settings = (await storage.settings.get(workspaceId)) ?? defaultSettings;
  try {
    const ticket = await withDeadline({
      leaseForMs,
      signal,
      work: async () => tickets.getTicket({ workspaceId, ticketId }),
    });
    if (ticket !== deadlinePassed) return { ticket, settings };
    logger.warn({ surveyId: id }, "the ticket source did not answer in time, will try again");
  } catch (error) {
    logger.warn({ surveyId: id, cause: errorName(error) }, "the ticket source failed, will try again");
  }
  return null;
}

async function decide<Tx>(
  { storage, clock, maxLatenessMs }: Context<Tx>,
  facts: {
    readonly survey: Survey;
    readonly ticket: TicketSnapshot | null;
    readonly settings: WorkspaceSettings;
  },
): Promise<SendDecision> {
  const { survey, ticket } = facts;
  const now = clock.now();
  // Only a ticket that does not look resolved needs to know when it was armed: to tell "not yet committed" from "left".
  const mayBeUncommitted =
    ticket?.status !== "resolved" && now.getTime() - survey.firstDueAt.getTime() < commitGraceMs;
  const armedAt = mayBeUncommitted
    ? ((await storage.journal.list(survey)).findLast(({ event }) => event === "scheduled")?.at ?? null)
    : null;
  const address = ticket === null ? null : singleAddress(ticket.customer.email);
  return decideAtSend({ ...facts, address, armedAt, maxLatenessMs, now });
}

function pageFacts({ workspaceId }: Survey, { workspaceName, subject, customer }: TicketSnapshot): PageFacts {
  return {
    workspaceId,
    workspaceName: oneLine(workspaceName),
    ticketSubject: oneLine(subject),
    locale: readLocale(customer.locale)?.toString() ?? null,
  };
}

async function compose<Tx>(
  { publicUrl, themeOf }: Context<Tx>,
  {
    survey: { id, workspaceId },
    ticket,
    settings,
    token,
    page,
    address,
  }: {
    readonly survey: Survey;
    readonly ticket: TicketSnapshot;
    readonly settings: WorkspaceSettings;
    readonly token: string;
    readonly page: PageFacts;
    readonly address: string;
  },
): Promise<Mail> {
  const { workspaceName, ticketSubject, locale } = page;
  const customerName = ticket.customer.name;
  const rendered = renderEmail({
    settings,
    facts: {
      customerName,
      ticketSubject,
      workspaceName,
      operatorName: ticket.assignee?.name ?? null,
      locale,
    },
    links: surveyLinks({ publicUrl, token }),
    theme: await themeOf(workspaceId),
  });
  return {
    ...rendered,
    to: { name: displayName(customerName), address },
    fromName: cutText({ text: workspaceName, maxLength: maxSenderNameLength }),
    headers: mailHeaders({ surveyId: id, workspaceId, publicUrl }),
    messageIdLocalPart: id,
    workspaceId,
  };
}

// A header's line may have 998 characters, whatever a workspace calls itself.
const maxSenderNameLength = 150;

/** Null for a name that shows nothing. */
function displayName(name: string | null): string | null {
  if (name === null || isBlank(name)) return null;
  return cutText({ text: oneLine(name), maxLength: maxCustomerNameLength });
}

async function send<Tx>(
  { mailer, leaseForMs, logger }: Context<Tx>,
  mail: Mail,
  signal: AbortSignal | undefined,
): Promise<MailOutcome> {
  try {
    const outcome = await withDeadline({
      leaseForMs,
      signal,
      work: (abort) => mailer.send(mail, abort),
    });
    return outcome === deadlinePassed
      ? { kind: "unknown", error: "aborted before the lease ended" }
      : outcome;
  } catch (error) {
    // A mailer reports a mail's fate; one that throws leaves open whether the mail went out.
    logger.error({ surveyId: mail.messageIdLocalPart, cause: errorName(error) }, "the mailer threw");
    return { kind: "unknown", error: `mailer threw ${errorName(error)}` };
  }
}
