import type { PruneRequest } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import type { Counts } from "./counts/fold-counts.ts";
import { inTransaction, type MysqlExecutor, repeated, rowsFrom } from "./executor.ts";
import type { TableNames } from "./naming.ts";
import { stored } from "./row.ts";
import type { FieldType } from "./rows.ts";

/**
 * Takes away what is older, of each kind at most `limit` rows in one short transaction. Rows are found in an index without
 * a lock; those that nobody holds are then locked by their primary keys and looked at again. So it waits for nobody, and
 * locks nothing that stands between the rows.
 */
export async function prune(
  executor: MysqlExecutor,
  { tables, input }: Counts,
  { limit, ...moments }: PruneRequest,
): Promise<{ readonly isMoreLeft: boolean }> {
  let isMoreLeft = false;
  for (const { name, table, key, index, at, take, ...kind } of kindsOf(tables)) {
    const moment = moments[name];
    if (moment === null) continue;
    const doing = `pruning ${name}`;
    const isOld = sql`${kind.isPrunable} and r.${sql.raw(at)} < ${stored(moment)}`;
    const columns = Object.entries(key).map(([field, [column, type]]) => {
      return {
        read: type === "time" ? `cast(r.${column} as char) as ${field}` : `r.${column} as ${field}`,
        is: `r.${column} = x.${field}`,
      };
    });
    const read = sql.raw(columns.map((column) => column.read).join(", "));
    const found = await rowsFrom(
      executor,
      doing,
      sql`select ${read} from ${table} r force index (${sql.raw(index)}) where ${isOld} ${kind.butNot ?? sql``}
order by r.${sql.raw(at)} ${sql.raw(`limit ${limit + 1}`)}`,
    );
    if (found.length === 0) continue;
    const fields = Object.fromEntries(Object.entries(key).map(([field, [, type]]) => [field, type]));
    const rows = (keys: readonly object[]) => sql`${input(JSON.stringify(keys), fields)}
straight_join ${table} r force index (primary) on ${sql.raw(columns.map(({ is }) => is).join(" and "))}`;
    await repeated(() =>
      inTransaction(executor, async (transaction) => {
        const run = (statement: SQL) => rowsFrom(transaction, doing, statement);
        const all = rows(found.slice(0, limit));
        const locked = await run(sql`select ${read} from ${all} where ${isOld} for update skip locked`);
        if (locked.length > 0) for (const statement of take(rows(locked))) await run(statement);
        // Where others hold all of them a further call would find the same.
        if (locked.length > 0 && found.length > limit) isMoreLeft = true;
      }),
    );
  }
  return { isMoreLeft };
}

/** Rows of one kind that grow old. */
interface Kind {
  readonly name: Exclude<keyof PruneRequest, "limit">;
  readonly table: SQL;
  /** Its primary key: what a row of JSON calls each column. */
  readonly key: Readonly<Record<string, readonly [column: string, FieldType]>>;
  /** In which they are found by age. */
  readonly index: string;
  /** The column of their age. */
  readonly at: string;
  /** What else must be true of a row `r`. */
  readonly isPrunable: SQL;
  /** What is looked up of a row that is found, and again when it is taken. */
  readonly butNot?: SQL;
  /** Takes them away, as `r`, which are locked. */
  readonly take: (rows: SQL) => readonly SQL[];
}

function kindsOf(tables: TableNames): readonly Kind[] {
  const ofTicket = { w: ["workspace_id", "id"], i: ["ticket_id", "id"] } as const;
  const isDue = sql`${tables.due_events} d force index (primary) on d.workspace_id = r.workspace_id and d.id = r.id`;
  const remove = (rows: SQL) => [sql`delete r from ${rows}`];
  return [
    {
      name: "comments",
      table: tables.answers,
      key: ofTicket,
      index: "answers_comments_idx",
      at: "responded_at",
      isPrunable: sql`r.has_comment = 1`,
      take: (rows) => [sql`update ${rows} set r.comment = null`],
    },
    {
      name: "journal",
      table: tables.journal,
      key: { ...ofTicket, at: ["at", "time"], n: ["entry_number", "integer"] },
      index: "journal_age_idx",
      at: "at",
      isPrunable: sql`true`,
      take: remove,
    },
    {
      name: "events",
      table: tables.events,
      key: { w: ["workspace_id", "id"], i: ["id", "id"] },
      index: "events_age_idx",
      at: "created_at",
      isPrunable: sql`true`,
      butNot: sql`and not exists (
  select 1 from ${tables.due_events} d where d.workspace_id = r.workspace_id and d.id = r.id and d.ready is not null
)`,
      // Nobody makes an event due whose record is locked: what is due now stays so.
      take: (rows) => [
        sql`delete d from ${rows} straight_join ${isDue} where d.ready is null`,
        sql`delete r from ${rows} left join ${isDue} where d.id is null`,
      ],
    },
    {
      name: "tokens",
      table: tables.tokens,
      key: { h: ["hash", "id"] },
      index: "tokens_age_idx",
      at: "created_at",
      isPrunable: sql`r.kind = 'ticket'`,
      take: remove,
    },
  ];
}
