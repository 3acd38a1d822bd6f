/** The states of the status picker. */
export const ticketStatuses = ["open", "resolved", "closed"] as const;

/** How the built-in receiver of webhooks may behave. */
export const receiverModes = ["well", "failing", "gone", "slow"] as const;

/** What a ticket may say besides; what was not given is left out. */
export interface TicketDetails {
  /** The customer in the helpdesk's own tables. */
  readonly customerId?: string;
  readonly timeZone?: string;
  /** Where the customer is asked, and at which address; mail when left out. */
  readonly channel?: string;
  readonly address?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** What the last resolution said about asking. */
  readonly ask?: boolean;
}
