import { type SQL, sql } from "drizzle-orm";

/**
 * Rows of a batch as a relation: `columns` is a column definition list. They travel as one text parameter, whatever
 * their number; an array parameter would be encoded differently by each driver. Dates become ISO 8601 in UTC, so the
 * session's time zone does not matter.
 */
export function inputRows(rows: readonly object[], columns: SQL): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as input(${columns})`;
}

/** The columns that name a ticket, ordered by code points. */
export const ticketColumns = sql`workspace_id text collate "C", ticket_id text collate "C"`;
