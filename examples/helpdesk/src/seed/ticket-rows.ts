import { sql } from "drizzle-orm";
import type { HelpdeskDatabase, HelpdeskTransaction } from "../database.ts";
import { ticketNumbers, tickets } from "../schema.ts";

type NewRow = typeof tickets.$inferInsert;

// A statement takes 65,535 parameters at most, and a row has eleven.
const rowsPerStatement = 1_000;

/** Takes the next `count` ticket numbers of a workspace and answers the first of them. */
export async function reserveNumbers(
  database: HelpdeskDatabase,
  { workspaceId, count }: { readonly workspaceId: string; readonly count: number },
): Promise<number> {
  const [row] = await database
    .insert(ticketNumbers)
    .values({ workspaceId, lastNumber: count })
    .onConflictDoUpdate({
      target: ticketNumbers.workspaceId,
      set: { lastNumber: sql`${ticketNumbers.lastNumber} + ${count}` },
    })
    .returning({ last: ticketNumbers.lastNumber });
  if (row === undefined) throw new Error("An inserted ticket number was not returned.");
  return row.last - count + 1;
}

/** Writes finished tickets, in a few statements. */
export async function insertTickets(tx: HelpdeskTransaction, rows: readonly NewRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    await tx.insert(tickets).values(rows.slice(from, from + rowsPerStatement));
  }
}
