import type { Generated, Selectable } from "kysely";

/** The helpdesk's tables. It has its own words for a status. */
export interface Tables {
  users: { id: Generated<string>; name: string; role: "agent" | "lead"; api_key: string };
  customers: { id: Generated<string>; name: string; email: string | null; language: string | null };
  tickets: {
    id: Generated<string>;
    subject: string;
    status: Generated<Status>;
    customer_id: string;
    assignee_id: string | null;
  };
  ticket_history: {
    id: Generated<string>;
    ticket_id: string;
    user_id: string | null;
    status: Status;
    changed_at: Date;
  };
}

/** Where a ticket stands. */
export type Status = "new" | "open" | "pending" | "solved" | "closed";

/** Who works here. */
export type User = Selectable<Tables["users"]>;
