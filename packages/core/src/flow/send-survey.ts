import { mailHeaders } from "../email/mail-headers.ts";
import { renderEmail } from "../email/render-email.ts";
import { errorInWords, errorKind } from "../error-kind.ts";
import { isCsatError } from "../errors.ts";
import { commitGraceMs, decideAtSend, isExpired, type SendDecision } from "../policy/decide-at-send.ts";
import { maxAttempts } from "../policy/retry-schedule.ts";
import type { Mail, MailOutcome } from "../ports/mailer.ts";
import type { Claimed, ClaimRef } from "../ports/storage/claim.ts";
import type { TicketSnapshot } from "../ports/ticket-source.ts";
import { isBlank, shortLine } from "../survey/clean-text.ts";
import { singleAddress } from "../survey/email-address.ts";
import { surveyLinks } from "../survey/links.ts";
import { readLocale } from "../survey/locale.ts";
import { defaultSettings, type WorkspaceSettings } from "../survey/settings.ts";
import type { JournalReason, PageFacts, SkipReason, Survey } from "../survey/survey.ts";
import { textLimits } from "../survey/text-limits.ts";
import { hashToken, newToken } from "../survey/token.ts";
import type { Context } from "./context.ts";
import type { SendResult } from "./send-result.ts";
import { giveUp, journalResumed, putOff, settleMail, skipSurvey } from "./settle-send.ts";
import { underLease } from "./under-lease.ts";

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
  const prepared = await prepareOrPutOff(context, survey, signal);
  if (signal?.aborted === true) {
    await context.storage.surveys.release([claim]);
    return "lost";
  }
  if (prepared.kind === "put_off") return putOff(context, { survey, claim, ...prepared });
  if (prepared.kind === "skip") return skipSurvey(context, { survey, claim, reason: prepared.reason });
  const { token, page, mail } = prepared;
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

/** What is to become of a claimed survey, before anything is sent. */
type Prepared =
  | { readonly kind: "send"; readonly token: string; readonly page: PageFacts; readonly mail: Mail }
  | { readonly kind: "skip"; readonly reason: SkipReason }
  | PutOff;

interface PutOff {
  readonly kind: "put_off";
  readonly reason: JournalReason;
  readonly retryAt?: Date;
}

/** Whatever throws before the send puts the survey off, whoever's fault it is; only the storage's failures go through. */
async function prepareOrPutOff<Tx>(
  context: Context<Tx>,
  survey: Survey,
  signal: AbortSignal | undefined,
): Promise<Prepared> {
  try {
    return await prepare(context, survey, signal);
  } catch (error) {
    if (isCsatError(error, "storage_failed")) throw error;
    const cause = errorInWords(error);
    context.logger.error({ surveyId: survey.id, cause }, "a survey could not be made ready, will try again");
    return { kind: "put_off", reason: "mail_not_made" };
  }
}

async function prepare<Tx>(
  context: Context<Tx>,
  survey: Survey,
  signal: AbortSignal | undefined,
): Promise<Prepared> {
  const settings = (await context.storage.settings.get(survey.workspaceId)) ?? defaultSettings;
  const ticket = await readFresh(context, survey, signal);
  if (ticket !== null && "kind" in ticket) return ticket;
  const decision = await decide(context, { survey, ticket, settings });
  if (decision.kind === "wait")
    return { kind: "put_off", reason: "ticket_not_committed", retryAt: decision.until };
  if (decision.kind === "skip") return decision;
  if (ticket === null) return { kind: "skip", reason: "ticket_not_found" };
  const token = newToken();
  const page = pageFacts(survey, ticket);
  const mail = await compose(context, { survey, ticket, settings, token, page, address: decision.address });
  return { kind: "send", token, page, mail };
}

/** The ticket as the host knows it now; a putting off when the host threw, took too long or answered out of shape. */
async function readFresh<Tx>(
  { tickets, leaseForMs, logger }: Context<Tx>,
  { id: surveyId, workspaceId, ticketId }: Survey,
  signal: AbortSignal | undefined,
): Promise<TicketSnapshot | null | PutOff> {
  try {
    return await underLease<TicketSnapshot | null | PutOff>({
      leaseForMs,
      signal,
      work: async () => tickets.getTicket({ workspaceId, ticketId }),
      otherwise: () => {
        logger.warn({ surveyId }, "the ticket source did not answer in time, will try again");
        return { kind: "put_off", reason: "ticket_source_failed" };
      },
    });
  } catch (error) {
    const isInvalid = isCsatError(error, "invalid_answer");
    logger.warn({ surveyId, cause: errorInWords(error) }, "the ticket source failed, will try again");
    return { kind: "put_off", reason: isInvalid ? "ticket_source_invalid" : "ticket_source_failed" };
  }
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
    // A header's line may have 998 characters, whatever a workspace calls itself.
    workspaceName: shortLine({ text: workspaceName, maxLength: textLimits.workspaceName }),
    ticketSubject: shortLine({ text: subject, maxLength: textLimits.ticketSubject }),
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
    fromName: workspaceName,
    headers: mailHeaders({ surveyId: id, workspaceId, publicUrl }),
    messageIdLocalPart: id,
    workspaceId,
  };
}

/** Null for a name that shows nothing. */
function displayName(name: string | null): string | null {
  const line = name === null ? "" : shortLine({ text: name, maxLength: textLimits.customerName });
  return isBlank(line) ? null : line;
}

async function send<Tx>(
  { mailer, leaseForMs, logger }: Context<Tx>,
  mail: Mail,
  signal: AbortSignal | undefined,
): Promise<MailOutcome> {
  try {
    return await underLease<MailOutcome>({
      leaseForMs,
      signal,
      work: (abort) => mailer.send(mail, abort),
      otherwise: () => ({ kind: "unknown", error: "aborted before the lease ended" }),
    });
  } catch (error) {
    // A mailer reports a mail's fate; one that throws leaves open whether the mail went out.
    logger.error({ surveyId: mail.messageIdLocalPart, cause: errorInWords(error) }, "the mailer threw");
    return { kind: "unknown", error: `mailer threw ${errorKind(error)}` };
  }
}
