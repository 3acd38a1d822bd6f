import { cutText, isBlank, oneLine } from "../survey/clean-text.ts";
import type { PlaceholderValues } from "./placeholders.ts";

/** What a mail says about one ticket, as the host told it. */
export interface EmailFacts {
  readonly customerName: string | null;
  readonly ticketSubject: string;
  readonly workspaceName: string;
  /** The assignee when the mail is written (S33). */
  readonly operatorName: string | null;
  /** BCP 47 tag of the customer's language; null when unknown. */
  readonly locale: string | null;
}

/** Facts, and what stands for the blank ones. */
export interface VariableSources {
  readonly facts: EmailFacts;
  readonly fallbacks: PlaceholderValues;
}

// Outsiders write these two: short enough that nobody can make a mail of ours carry theirs.
/** Longest customer name in a mail, its headers included, in characters. */
export const maxCustomerNameLength = 80;
const maxTicketSubjectLength = 150;

/** What the placeholders stand for: one line each, never blank (S32), outsiders' texts cut at 80 and 150 characters (S36). */
export function emailVariables({ facts, fallbacks }: VariableSources): PlaceholderValues {
  const customerName = filled(facts.customerName, fallbacks.customer_name);
  const ticketSubject = filled(facts.ticketSubject, fallbacks.ticket_subject);
  return {
    customer_name: cutText({ text: customerName, maxLength: maxCustomerNameLength }),
    ticket_subject: cutText({ text: ticketSubject, maxLength: maxTicketSubjectLength }),
    workspace_name: filled(facts.workspaceName, fallbacks.workspace_name),
    operator_name: filled(facts.operatorName, fallbacks.operator_name),
  };
}

function filled(text: unknown, fallback: string): string {
  return isFilled(text) ? oneLine(text) : fallback;
}

/** Whether there is anything to show. A host without types may also say undefined or a number where it knows no name. */
export function isFilled(text: unknown): text is string {
  return typeof text === "string" && !isBlank(text);
}
