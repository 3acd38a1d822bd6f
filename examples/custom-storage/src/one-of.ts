import type { TicketRef } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";

/** A name within a workspace: a ticket, or a survey. */
type Pair = readonly [workspaceId: string, id: string];

/** True for rows of these tickets. */
export function isOneOfTickets(
  table: { readonly workspaceId: AnySQLiteColumn; readonly ticketId: AnySQLiteColumn },
  refs: readonly TicketRef[],
): SQL {
  const pairs = refs.map(({ workspaceId, ticketId }): Pair => [workspaceId, ticketId]);
  return isOneOf([table.workspaceId, table.ticketId], pairs);
}

/** True for rows with these ids. */
export function isOneOfIds(
  table: { readonly workspaceId: AnySQLiteColumn; readonly id: AnySQLiteColumn },
  refs: readonly { readonly workspaceId: string; readonly id: string }[],
): SQL {
  const pairs = refs.map(({ workspaceId, id }): Pair => [workspaceId, id]);
  return isOneOf([table.workspaceId, table.id], pairs);
}

/** A thousand pairs in one parameter. The builder has no row values: `in` over each column would mix the pairs up. */
function isOneOf(columns: readonly [AnySQLiteColumn, AnySQLiteColumn], pairs: readonly Pair[]): SQL {
  return sql`(${columns[0]}, ${columns[1]}) in (select value ->> 0, value ->> 1 from json_each(${JSON.stringify(pairs)}))`;
}

/** Equal for equal refs only: no id can imitate another pair. */
export function ticketKey({ workspaceId, ticketId }: TicketRef): string {
  return JSON.stringify([workspaceId, ticketId]);
}
