import { addCounts, type CountDelta, type CountRow, toCountRow } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, inTransaction, type MysqlExecutor, repeated, rowsFrom } from "../executor.ts";
import type { TableNames } from "../naming.ts";
import { number, type Row, text } from "../row.ts";
import type { Input } from "../rows.ts";
import { lockCounts } from "./counts-lock.ts";
import { allFigures, toCounts } from "./figures.ts";

const deltasPerTransaction = 5000;
// What is appended while we fold is for the next call, or this one might never end.
const transactionsPerCall = 200;

/** Where counts are kept. */
export interface Counts {
  readonly tables: TableNames;
  readonly input: Input;
}

/**
 * Moves appended counts into their days. Any number of processes may call it at any time: one of them works, the others
 * return at once. A reader sees each count on one side or the other, never on both and never on none.
 */
export async function foldCounts(
  executor: MysqlExecutor,
  counts: Counts,
  signal: AbortSignal,
): Promise<void> {
  for (let transactions = 0; transactions < transactionsPerCall; transactions++) {
    if (signal.aborted) return;
    const folded = await repeated(() =>
      inTransaction(executor, (transaction) => foldSome(transaction, counts)),
    );
    if (folded < deltasPerTransaction) return;
  }
}

async function foldSome(executor: Executor, { tables, input }: Counts): Promise<number> {
  const doing = "folding counts";
  if (!(await lockCounts(executor, { tables, doing, waits: false }))) return 0;
  const columns = sql.raw(
    Object.entries(allFigures)
      .map(([name, column]) => `${column} as ${name}`)
      .join(", "),
  );
  const deltas = await rowsFrom(
    executor,
    doing,
    sql`select workspace_id as w, cast(day as char) as day, entry_number as n, actor_id as actor, part, ${columns}
from ${tables.count_deltas} order by workspace_id, day, entry_number limit ${sql.raw(String(deltasPerTransaction))}`,
  );
  if (deltas.length === 0) return 0;
  const run = (statement: SQL) => rowsFrom(executor, doing, statement);
  await run(addTo({ table: tables.daily_counts, input, rows: added(deltas, toCounts), byActor: true }));
  const withoutActor = (row: Row) => ({ ...toCounts(row), resolvedBy: null });
  await run(addTo({ table: tables.daily_totals, input, rows: added(deltas, withoutActor), byActor: false }));
  const entries = deltas.map((row) => ({ w: text(row, "w"), d: text(row, "day"), n: number(row, "n") }));
  await run(sql`delete c from ${input(JSON.stringify(entries), { w: "id", d: "date", n: "integer" })}
straight_join ${tables.count_deltas} c force index (primary) on c.workspace_id = x.w and c.day = x.d and c.entry_number = x.n`);
  // What was counted and taken back leaves no row, nor the names of an operator and a part in it.
  const keys = deltas.map((row) => {
    return { w: text(row, "w"), p: text(row, "part"), d: text(row, "day"), a: text(row, "actor") };
  });
  const isNothing = sql.raw(
    Object.values(allFigures)
      .map((column) => `c.${column} = 0`)
      .join(" and "),
  );
  for (const [table, andActor] of [
    [tables.daily_counts, sql`and c.actor_id = x.a`],
    [tables.daily_totals, sql``],
  ])
    await run(sql`delete c from ${input(JSON.stringify(keys), { w: "id", p: "part", d: "date", a: "id" })}
straight_join ${table} c force index (primary) on c.workspace_id = x.w and c.part = x.p and c.day = x.d ${andActor}
where ${isNothing}`);
  return deltas.length;
}

/** Counts of one row of a table. */
export interface Added extends CountRow {
  readonly w: string;
}

function added(deltas: readonly Row[], toDelta: (row: Row) => CountDelta): readonly Added[] {
  const byWorkspace = new Map<string, CountDelta[]>();
  for (const row of deltas) {
    const w = text(row, "w");
    const list = byWorkspace.get(w);
    if (list === undefined) byWorkspace.set(w, [toDelta(row)]);
    else list.push(toDelta(row));
  }
  return [...byWorkspace].flatMap(([w, counts]) =>
    addCounts(counts).map((count) => ({ w, ...toCountRow(count) })),
  );
}

/** Adds rows to those of their days. */
export function addTo({
  table,
  input,
  rows,
  byActor,
}: {
  readonly table: SQL;
  readonly input: Input;
  readonly rows: readonly Added[];
  readonly byActor: boolean;
}): SQL {
  const fields = Object.fromEntries(Object.keys(allFigures).map((name) => [name, "integer" as const]));
  const columns = Object.values(allFigures);
  const all = ["part", "day", ...(byActor ? ["actor_id"] : []), ...columns].join(", ");
  const values = ["part", "day", ...(byActor ? ["resolvedBy"] : []), ...Object.keys(allFigures)].map(
    (name) => `x.${name}`,
  );
  const sums = columns
    .map((column) => sql.raw(column))
    .map((column) => sql`${column} = ${table}.${column} + values(${column})`);
  return sql`insert into ${table} (workspace_id, ${sql.raw(all)}) select x.w, ${sql.raw(values.join(", "))}
from ${input(JSON.stringify(rows), { w: "id", part: "part", day: "date", resolvedBy: "id", ...fields })} order by x.o
on duplicate key update ${sql.join(sums, sql`, `)}`;
}
