import { sql } from "drizzle-orm";
import { number, text } from "../row.ts";
import type { Session } from "../session.ts";
import { attributeResponses } from "./attribute-responses.ts";
import { correctCounts } from "./correct-counts.ts";

/** A day whose counts were off: sends and responses together, as counted and as they are. */
export interface CorrectedDay {
  readonly day: string;
  readonly was: number;
  readonly is: number;
}

/**
 * Rebuilds the counts of a workspace from its rows and returns the days that were off. Nobody who writes waits for it.
 * Two totals may be equal on a day that was off: what was counted for another resolver.
 */
export async function recount(
  session: Session,
  { schema, workspaceId }: { readonly schema: string; readonly workspaceId: string },
): Promise<readonly CorrectedDay[]> {
  const doing = `recounting workspace ${workspaceId}`;
  return session.atomically(async (transaction) => {
    // Apart from the correction: that one's snapshot has to show what a recount before it corrected.
    await transaction.execute(
      doing,
      sql`select pg_advisory_xact_lock(hashtextextended(${`csat.recount.${schema}`}::text, 0)) as locked`,
    );
    await transaction.execute(doing, ofWorkspace(attributeResponses, { schema, workspaceId }));
    const rows = await transaction.execute(doing, ofWorkspace(correctCounts, { schema, workspaceId }));
    return rows.map((row) => ({
      day: text(row, "day"),
      was: number(row, "was"),
      is: number(row, "is_now"),
    }));
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
