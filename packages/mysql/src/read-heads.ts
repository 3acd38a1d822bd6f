import { CsatError, type Head, type HeadKind, type Json, type Key, type ReadKey } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, rowsFrom } from "./executor.ts";
import type { TableName, TableNames } from "./naming.ts";
import type { Prepared } from "./prepared.ts";
import { databaseNow, isNull, number, type Row, text } from "./row.ts";
import type { Dialect, FieldType } from "./rows.ts";

/** The table of each kind of record. */
export const tableOf = {
  ticket: "tickets",
  customer: "customers",
  event: "events",
  workspace: "workspaces",
} as const satisfies Record<HeadKind, TableName>;

/** Kinds of records in the order of locking. */
export const kinds = ["ticket", "customer", "event", "workspace"] as const satisfies readonly HeadKind[];

/** What reads and writes work with. */
export interface Place extends Dialect {
  readonly executor: Executor;
  readonly tables: TableNames;
  readonly prepared: Prepared;
  /** In a transaction: the keys that it has locked until now, as `lockName` calls them. */
  readonly locked?: Set<string>;
  /** In a host's transaction, which may read from a snapshot: what is read without a lock is shared, and current. */
  readonly shares?: true;
}

/** The table of what is due of a kind; null where nothing ever is. */
export function dueTableOf({ tables }: Pick<Place, "tables">, kind: HeadKind): SQL | null {
  if (kind === "ticket") return tables.due_tickets;
  return kind === "event" ? tables.due_events : null;
}

/** The fields of a key in a row of JSON. */
export const keyFields = { w: "id", i: "id" } as const satisfies Record<string, FieldType>;

/** A key as text. */
export function lockName({ kind, workspaceId, id }: Key): string {
  return JSON.stringify([kind, workspaceId, id]);
}

/** Keys as rows of JSON. */
export function keysAsJson(keys: readonly Key[]): string {
  return JSON.stringify(keys.map(({ workspaceId: w, id: i }) => ({ w, i })));
}

/**
 * Joins rows of `x` with the records, or whatever else has their key, and in the order of the rows, so that locks are
 * taken in it. Always by the primary key: of a small table MySQL would rather read, and lock, all of it.
 */
export function joined(table: SQL, alias: string): SQL {
  const name = sql.raw(alias);
  return sql`straight_join ${table} ${name} force index (primary) on ${name}.workspace_id = x.w and ${name}.id = x.i`;
}

/** Reads records, in one statement where none is locked, else in one per kind and one more per kind for its locks. */
export async function readHeads(place: Place, keys: readonly ReadKey[]): Promise<readonly Head[]> {
  const doing = describe(keys);
  const found = new Map<string, Row>();
  const read = async (those: readonly ReadKey[]) => {
    for (const row of await rowsFrom(place.executor, doing, readStatement(place, those)))
      found.set(JSON.stringify([text(row, "kind"), text(row, "w"), text(row, "i")]), row);
  };
  for (const kind of kinds) {
    const locked = keys.filter((key) => key.kind === kind && key.lock === true);
    if (locked.length === 0) continue;
    await lockHeads(place, { kind, keys: locked, doing });
    await read(locked);
  }
  const free = keys.filter(({ lock }) => lock !== true);
  if (free.length > 0) await read(free);
  return keys.map((key) => toHead(key, found.get(lockName(key))));
}

/** The text depends on the kinds, and on whether there is one of each or more. */
function readStatement({ tables, prepared, input, shares }: Place, keys: readonly ReadKey[]) {
  const present = kinds.filter((kind) => keys.some((key) => key.kind === kind));
  const values: Record<string, unknown> = {};
  for (const kind of present) values[kind] = keysAsJson(keys.filter((key) => key.kind === kind));
  const build = () =>
    sql.join(
      present.map(
        (kind) => sql`(select ${columnsOf(kind)} from ${input(sql.placeholder(kind), keyFields)}
${joined(tables[tableOf[kind]], "h")}${sharing({ shares })})`,
      ),
      sql` union all `,
    );
  return prepared.statement(`read_${present.join("_")}_${shares}`, build, values);
}

/** Behind a `select`: reads what is committed by now, also where the transaction has a snapshot. */
function sharing({ shares }: { readonly shares?: true | undefined }): SQL {
  return sql.raw(shares === true ? " lock in share mode" : "");
}

/** The records that links open, stored or not, in their order; null where there is no such link. */
export async function headsByToken(
  place: Place,
  hashes: readonly string[],
): Promise<readonly (Head | null)[]> {
  const { executor, tables, prepared, input } = place;
  const opens = (
    kind: "ticket" | "customer",
  ) => sql`(select k.hash, k.kind as kind, k.workspace_id as w, k.id as i, h.version as v, h.state as state
from ${input(sql.placeholder("hashes"), { h: "id" })} straight_join ${tables.tokens} k force index (primary) on k.hash = x.h
left join ${tables[tableOf[kind]]} h force index (primary) on h.workspace_id = k.workspace_id and h.id = k.id
where k.kind = ${sql.raw(`'${kind}'`)}${sharing(place)})`;
  const rows = await rowsFrom(
    executor,
    "looking up a link",
    prepared.statement(
      `tokens_${place.shares}`,
      () => sql`${opens("ticket")} union all ${opens("customer")}`,
      {
        hashes: JSON.stringify(hashes.map((h) => ({ h }))),
      },
    ),
  );
  const found = new Map(rows.map((row) => [text(row, "hash"), row]));
  return hashes.map((hash) => {
    const row = found.get(hash);
    if (row === undefined) return null;
    const kind = text(row, "kind") === "ticket" ? "ticket" : "customer";
    return toHead({ kind, workspaceId: text(row, "w"), id: text(row, "i") }, row);
  });
}

/** The record that a row holds; version 0 where there is no row, and where it only stands for a lock. */
export function toHead({ kind, workspaceId, id }: Key, row: Row | undefined): Head {
  const key = { kind, workspaceId, id };
  const version = row === undefined || isNull(row, "v") ? 0 : number(row, "v");
  if (row === undefined || version === 0 || isNull(row, "state")) return { key, version: 0, state: null };
  return { key, version, state: parsed(text(row, "state")) };
}

function parsed(state: string): Json {
  try {
    // The column holds what this package wrote.
    return JSON.parse(state) as Json;
  } catch {
    throw new CsatError(
      "storage_failed",
      "A stored record is no JSON. Compare your tables with printMigrations() of @csat/mysql.",
    );
  }
}

/**
 * Locks records of one kind in key order, those that are not stored as well: for these a row of version 0 is inserted.
 * Never by reading first: at REPEATABLE READ two transactions that look for absent keys each hold the gap, and the
 * insertion behind it ends one of them with all that it wrote (1213).
 */
export async function lockHeads(
  { executor, tables, prepared, input, locked }: Place,
  { kind, keys, doing }: { readonly kind: HeadKind; readonly keys: readonly Key[]; readonly doing: string },
): Promise<void> {
  const table = tables[tableOf[kind]];
  // What an event must have stands in no list before it is written.
  const [columns, values] =
    kind === "event" ? [sql`, created_at, ticket_id`, sql`, ${databaseNow}, ''`] : [sql``, sql``];
  const build = () => sql`insert into ${table} (workspace_id, id, version${columns})
select x.w, x.i, 0${values} from ${input(sql.placeholder("keys"), keyFields)} order by x.o
on duplicate key update version = version`;
  await rowsFrom(executor, doing, prepared.statement(`lock_${kind}`, build, { keys: keysAsJson(keys) }));
  for (const key of keys) locked?.add(lockName(key));
}

/** What `toHead` reads. */
export function columnsOf(kind: HeadKind): SQL {
  return sql`${sql.raw(`'${kind}'`)} as kind, h.workspace_id as w, h.id as i, h.version as v, h.state as state`;
}

function describe(keys: readonly ReadKey[]): string {
  const [first] = keys;
  if (first === undefined) return "reading nothing";
  const name = `${first.kind} ${first.id} of workspace ${first.workspaceId}`;
  return keys.length === 1 ? `reading ${name}` : `reading ${keys.length} records, the first of them ${name}`;
}
