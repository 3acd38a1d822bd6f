import { type SQL, sql } from "drizzle-orm";
import { type Executor, rowsFrom } from "../executor.ts";
import type { TableNames } from "../naming.ts";

/**
 * Lets one fold or recount work at a time: it locks a row until the transaction ends. False where another one works, and
 * `waits` is false. The row stands among the workspaces as one of version 0, which is read as nothing, under an id that no
 * workspace has. Not GET_LOCK, which outlives the transaction.
 */
export async function lockCounts(
  executor: Executor,
  { tables, doing, waits }: { readonly tables: TableNames; readonly doing: string; readonly waits: boolean },
): Promise<boolean> {
  const look = (how: SQL) =>
    rowsFrom(
      executor,
      doing,
      sql`select version from ${tables.workspaces} where workspace_id = '' and id = 'counts' ${how}`,
    );
  if (!waits && (await look(sql`for update skip locked`)).length > 0) return true;
  if (!waits && (await look(sql``)).length > 0) return false;
  await rowsFrom(
    executor,
    doing,
    sql`insert into ${tables.workspaces} (workspace_id, id, version) values ('', 'counts', 0) on duplicate key update version = version`,
  );
  return true;
}
