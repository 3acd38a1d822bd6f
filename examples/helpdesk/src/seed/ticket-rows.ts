import type { HelpdeskTransaction } from "../database.ts";
import { type NewRowOf, tablesOf } from "../tables/tables.ts";

// A statement takes 65,535 parameters at most, and a row has twelve.
const rowsPerStatement = 1_000;

/** Writes finished tickets, in a few statements. */
export async function insertTickets(
  tx: HelpdeskTransaction,
  rows: readonly NewRowOf<"tickets">[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    await tx.insert(tablesOf(tx).tickets).values(rows.slice(from, from + rowsPerStatement));
  }
}
