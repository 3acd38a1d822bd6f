import { mailHeaders } from "../email/mail-headers.ts";
import { renderWithParts } from "../email/render-email.ts";
import type { Mail } from "../ports/mailer.ts";
import type { TicketSnapshot } from "../ports/ticket-source.ts";
import { isBlank, shortLine } from "../survey/clean-text.ts";
import { mailLinks } from "../survey/links.ts";
import { readLocale } from "../survey/locale.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import type { PageFacts } from "../survey/survey.ts";
import { textLimits } from "../survey/text-limits.ts";
import type { Context } from "./context.ts";

/** What the public page will show: kept when the send begins, so that the page never asks the host. */
export function pageFacts(
  workspaceId: string,
  { workspaceName, subject, customer }: Pick<TicketSnapshot, "workspaceName" | "subject" | "customer">,
): PageFacts {
  return {
    workspaceId,
    // A header's line may have 998 characters, whatever a workspace calls itself.
    workspaceName: shortLine({ text: workspaceName, maxLength: textLimits.workspaceName }),
    ticketSubject: shortLine({ text: subject, maxLength: textLimits.ticketSubject }),
    locale: readLocale(customer.locale)?.toString() ?? null,
  };
}

/** The mail of one attempt, with links of its own. The Message-ID is that of every attempt. */
export async function composeMail<Tx>(
  { publicUrl, themeOf, texts, precedence }: Context<Tx>,
  {
    surveyId,
    ticket,
    settings,
    token,
    optOutToken,
    page,
    channel,
    address,
    themeWithinMs,
  }: {
    readonly surveyId: string;
    readonly ticket: TicketSnapshot;
    readonly settings: WorkspaceSettings;
    readonly token: string;
    readonly optOutToken: string;
    readonly page: PageFacts;
    readonly channel: string;
    readonly address: string;
    /** How long the host may take to say what its mails look like, in milliseconds. */
    readonly themeWithinMs: number;
  },
): Promise<Mail> {
  const { workspaceId, workspaceName, ticketSubject, locale } = page;
  const customerName = ticket.customer.name;
  const links = mailLinks({ publicUrl, token, optOutToken, locale });
  const rendered = renderWithParts({
    settings,
    facts: {
      customerName,
      ticketSubject,
      workspaceName,
      operatorName: ticket.assignee?.name ?? null,
      locale,
    },
    links,
    theme: await themeOf(workspaceId, themeWithinMs),
    texts,
  });
  return {
    ...rendered,
    links,
    channel,
    to: { name: displayName(customerName), address },
    fromName: workspaceName,
    headers: mailHeaders({ surveyId, workspaceId, publicUrl, optOut: links.optOut, precedence }),
    messageIdLocalPart: surveyId,
    workspaceId,
  };
}

/** Null for a name that shows nothing. */
function displayName(name: string | null): string | null {
  const line = name === null ? "" : shortLine({ text: name, maxLength: textLimits.customerName });
  return isBlank(line) ? null : line;
}
