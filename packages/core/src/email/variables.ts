import { cutText, oneLine } from "../survey/clean-text.ts";
import type { EmailTexts } from "./default-texts.ts";
import type { PlaceholderValues } from "./placeholders.ts";

/** What a mail says about one ticket, as the host told it. */
export interface EmailFacts {
  readonly customerName: string | null;
  readonly ticketSubject: string;
  readonly workspaceName: string;
  readonly operatorName: string | null;
  /** BCP 47 tag of the customer's language; null when unknown. */
  readonly locale: string | null;
}

/** The placeholders' values: each on one line, blank ones replaced by their fallback, outsiders' texts cut. */
export function emailVariables({
  facts,
  texts,
}: {
  readonly facts: EmailFacts;
  readonly texts: EmailTexts;
}): PlaceholderValues {
  const { fallbacks } = texts;
  return {
    customer_name: cutText({
      text: oneLine(facts.customerName ?? "") || fallbacks.customer_name,
      maxLength: 80,
    }),
    ticket_subject: cutText({
      text: oneLine(facts.ticketSubject) || fallbacks.ticket_subject,
      maxLength: 150,
    }),
    workspace_name: oneLine(facts.workspaceName) || fallbacks.workspace_name,
    operator_name: oneLine(facts.operatorName ?? "") || fallbacks.operator_name,
  };
}
