import { type CorrectedDay, compareText } from "@csat/core";
import { sql } from "drizzle-orm";
import { inTransaction, type PostgresExecutor, rowsFrom } from "../executor.ts";
import { number, text } from "../row.ts";
import { correctCounts } from "./correct-counts.ts";
import { correctTotals } from "./correct-totals.ts";
import { foldLock } from "./fold-lock.ts";

/**
 * Rebuilds the counts of a workspace from its rows and returns the days that were off. Nobody who writes waits for it.
 * Two totals may be equal on a day that was off: what was counted for another resolver.
 */
export async function recount(
  executor: PostgresExecutor,
  { schema, workspaceId }: { readonly schema: string; readonly workspaceId: string },
): Promise<readonly CorrectedDay[]> {
  const doing = `recounting workspace ${workspaceId}`;
  return inTransaction(executor, async (transaction) => {
    // Apart from the corrections: their snapshots have to show what a recount before them corrected. Folds stand back.
    await rowsFrom(transaction, doing, sql`select pg_advisory_xact_lock(${foldLock(schema)}) as locked`);
    const run = (statement: typeof correctTotals) =>
      rowsFrom(transaction, doing, ofWorkspace(statement, { schema, workspaceId }));
    const totals = await run(correctTotals);
    const counts = await run(correctCounts);
    const days = new Map([...totals, ...counts].map((row) => [text(row, "day"), row]));
    return [...days]
      .map(([day, row]) => ({ day, was: number(row, "was"), is: number(row, "is_now") }))
      .toSorted((one, other) => compareText(one.day, other.day));
  });
}

function ofWorkspace(
  statement: (schema: string, ofWorkspace: string) => string,
  { schema, workspaceId }: { readonly schema: string; readonly workspaceId: string },
) {
  const parts = statement(`"${schema}"`, "workspace_id = $workspace").split("$workspace");
  // Raw: the same statements are a step of the migrations, which are text.
  return sql.join(
    parts.map((part) => sql.raw(part)),
    sql`${workspaceId}::text`,
  );
}
