import type { TicketRef } from "../survey/survey.ts";

/** What the helpdesk knows. Read fresh before every send. One that throws delays the survey, it never skips it. */
export interface TicketSource {
  /** The ticket as it is now; null when it is gone. */
  getTicket(ref: TicketRef): Promise<TicketSnapshot | null>;
  /** Many at once, for dashboard cards; unknown ids are left out. */
  getTickets(workspaceId: string, ticketIds: readonly string[]): Promise<readonly TicketSnapshot[]>;
  /** Names for the operator table; unknown ids are left out. Without it, ids are shown. */
  getOperators?(
    workspaceId: string,
    operatorIds: readonly string[],
  ): Promise<readonly { readonly id: string; readonly name: string }[]>;
}

/** One ticket at one moment. Every string may be what outsiders typed. */
export interface TicketSnapshot {
  readonly ticketId: string;
  readonly status: "open" | "resolved" | "closed";
  readonly subject: string;
  /** Where an operator opens it; null when there is no such page. */
  readonly url: string | null;
  readonly workspaceName: string;
  readonly customer: {
    readonly name: string | null;
    /** Any string; what is not exactly one address of the internet gets no mail (`singleAddress` has the rule). */
    readonly email: string | null;
    /** BCP 47 tag of 35 characters at most, also spelt as in `pt_BR`; null when unknown. Anything else counts as unknown. */
    readonly locale: string | null;
  };
  readonly assignee: { readonly id: string; readonly name: string } | null;
}
