import { isBlank, shortLine } from "../survey/clean-text.ts";
import { textLimits } from "../survey/text-limits.ts";
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

/** What the placeholders stand for: one line each, never blank (S32), cut at `textLimits` (S36). */
export function emailVariables({ facts, fallbacks }: VariableSources): PlaceholderValues {
  const { customerName, ticketSubject, workspaceName, operatorName } = textLimits;
  return {
    customer_name: filled(facts.customerName, customerName) ?? fallbacks.customer_name,
    ticket_subject: filled(facts.ticketSubject, ticketSubject) ?? fallbacks.ticket_subject,
    workspace_name: filled(facts.workspaceName, workspaceName) ?? fallbacks.workspace_name,
    operator_name: filled(facts.operatorName, operatorName) ?? fallbacks.operator_name,
  };
}

/** Null for what shows nothing. */
function filled(text: unknown, maxLength: number): string | null {
  const line = isFilled(text) ? shortLine({ text, maxLength }) : "";
  return isBlank(line) ? null : line;
}

/** Whether there is anything to show. A host without types may also say undefined or a number where it knows no name. */
export function isFilled(text: unknown): text is string {
  return typeof text === "string" && !isBlank(text);
}
