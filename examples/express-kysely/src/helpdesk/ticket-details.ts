import type { Kysely } from "kysely";
import type { Status, Tables } from "./tables.ts";

/** A ticket with the people around it, as the helpdesk's own pages show it. */
export interface TicketDetails {
  readonly ticketId: string;
  readonly subject: string;
  readonly status: Status;
  readonly url: string;
  readonly customer: {
    readonly name: string;
    readonly email: string | null;
    readonly language: string | null;
  };
  readonly assignee: { readonly id: string; readonly name: string } | null;
}

/** Reads tickets; unknown ones are left out. */
export async function ticketDetails(
  database: Kysely<Tables>,
  ticketIds: readonly string[],
): Promise<TicketDetails[]> {
  const rows = await database
    .selectFrom("tickets")
    .innerJoin("customers", "customers.id", "customer_id")
    .leftJoin("users", "users.id", "assignee_id")
    .select(["tickets.id", "subject", "status", "customers.name", "email", "language"])
    .select(["users.id as userId", "users.name as userName"])
    .where("tickets.id", "in", [...ticketIds])
    .execute();
  return rows.map(({ id, subject, status, name, email, language, userId, userName }) => ({
    ticketId: id,
    subject,
    status,
    url: `/tickets/${id}`,
    customer: { name, email, language },
    assignee: userId === null ? null : { id: userId, name: userName ?? "" },
  }));
}
