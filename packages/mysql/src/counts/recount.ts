import {
  type CorrectedDay,
  type CountDelta,
  compareText,
  correctedDays,
  missingCounts,
  toCountRow,
} from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { inTransaction, type MysqlExecutor, repeated, rowsFrom } from "../executor.ts";
import type { TableNames } from "../naming.ts";
import { text } from "../row.ts";
import { lockCounts } from "./counts-lock.ts";
import { figures, summed, toCounts } from "./figures.ts";
import { addTo, type Counts } from "./fold-counts.ts";

/**
 * Rebuilds the counts of a workspace from its rows and returns the days that were off. Nobody who writes waits for it. Two
 * totals may be equal on a day that was off: what was counted for another resolver.
 */
export async function recount(
  executor: MysqlExecutor,
  { tables, input }: Counts,
  workspaceId: string,
): Promise<readonly CorrectedDay[]> {
  const doing = `recounting workspace ${workspaceId}`;
  return repeated(() =>
    inTransaction(executor, async (transaction) => {
      const run = (statement: SQL) => rowsFrom(transaction, doing, statement);
      // Before anything is read: what is seen then is what the recount before corrected. Folds stand back.
      await lockCounts(transaction, { tables, doing, waits: true });
      const rows = await run(everything(tables, workspaceId));
      const of = (kind: string) => rows.filter((row) => text(row, "kind") === kind).map(toCounts);
      const [kept, unfolded, totals, actual] = [of("kept"), of("unfolded"), of("total"), of("actual")];
      const counted = [...kept, ...unfolded];
      const add = (table: SQL, byActor: boolean, counts: readonly CountDelta[]) =>
        counts.length === 0
          ? Promise.resolve([])
          : run(
              addTo({
                table,
                input,
                byActor,
                rows: counts.map((count) => ({ w: workspaceId, ...toCountRow(count) })),
              }),
            );
      await add(tables.daily_totals, false, missingCounts(totals, ofDays(kept)));
      await add(tables.count_deltas, true, missingCounts(counted, actual));
      const off = [
        ...correctedDays([...totals, ...ofDays(unfolded)], ofDays(counted)),
        ...correctedDays(counted, actual),
      ];
      return [...new Map(off.map((corrected) => [corrected.day, corrected])).values()].toSorted(
        (one, other) => compareText(one.day, other.day),
      );
    }),
  );
}

/** What is kept of the whole, and what it comes to by the rows, of one snapshot: a writer's rows and counts are committed together. */
function everything(tables: TableNames, workspaceId: string): SQL {
  const kept = (
    kind: string,
    table: SQL,
    actor: string,
  ) => sql`select ${sql.raw(`'${kind}' as kind, cast(day as char) as day, ${actor} as actor`)}, ${summed(figures)}
from ${table} where workspace_id = ${workspaceId} and part = '' group by ${sql.raw(actor === "''" ? "day" : "day, actor_id")}`;
  const none = sql.raw("0 as r1, 0 as r2, 0 as r3, 0 as r4, 0 as r5");
  const rated = sql.raw([1, 2, 3, 4, 5].map((rating) => `sum(rating = ${rating}) as r${rating}`).join(", "));
  return sql`${kept("kept", tables.daily_counts, "actor_id")}
union all ${kept("unfolded", tables.count_deltas, "actor_id")}
union all ${kept("total", tables.daily_totals, "''")}
union all select 'actual' as kind, cast(date(t.sent_at) as char) as day, coalesce(t.resolved_by, '') as actor,
  count(*) as sent, count(a.rating) as answered, ${none}
from ${tables.tickets} t left join ${tables.answers} a on a.workspace_id = t.workspace_id and a.ticket_id = t.id and a.excluded = 0
where t.workspace_id = ${workspaceId} and t.sent_at is not null group by 2, 3
union all select 'actual' as kind, cast(date(responded_at) as char) as day, resolved_by as actor, 0 as sent, 0 as answered, ${rated}
from ${tables.answers} where workspace_id = ${workspaceId} and excluded = 0 group by 2, 3`;
}

function ofDays(counts: readonly CountDelta[]): readonly CountDelta[] {
  return counts.map((count) => ({ ...count, resolvedBy: null }));
}
