import { CsatError, type Head, type HeadKind, type Json, type Key, type ReadKey } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, rowsFrom, type Statement } from "./executor.ts";
import type { Prepared } from "./prepared.ts";
import { isNull, number, type Row, text } from "./row.ts";
import type { TableName, TableNames } from "./table-names.ts";

/** The table of each kind of record. */
export const tableOf = {
  ticket: "tickets",
  customer: "customers",
  event: "events",
  workspace: "workspaces",
} as const satisfies Record<HeadKind, TableName>;

/** What reads and writes work with. */
export interface Place {
  readonly executor: Executor;
  readonly tables: TableNames;
  readonly prepared: Prepared;
  /** In a transaction: the keys that it has locked until now, as `lockName` calls them. */
  readonly locked?: Set<string>;
}

/** A key as text. */
export function lockName({ kind, workspaceId, id }: Key): string {
  return JSON.stringify([kind, workspaceId, id]);
}

/** Reads records in one statement, those that are to be locked in two per kind. */
export async function readHeads(place: Place, keys: readonly ReadKey[]): Promise<readonly Head[]> {
  const doing = describe(keys);
  const found = new Map<string, Row>();
  const remember = (rows: readonly Row[]) => {
    for (const row of rows)
      found.set(JSON.stringify([text(row, "kind"), text(row, "w"), text(row, "i")]), row);
  };
  for (const kind of kindsOf(keys)) {
    const locked = keys.filter((key) => key.kind === kind && key.lock === true);
    if (locked.length === 0) continue;
    // What another transaction commits while we wait is seen by a second statement alone.
    await lockHeads(place, { kind, keys: locked, doing });
    remember(await rowsFrom(place.executor, doing, plainRead(place, locked)));
  }
  const free = keys.filter(({ lock }) => lock !== true);
  if (free.length > 0) remember(await rowsFrom(place.executor, doing, plainRead(place, free)));
  return keys.map((key) => toHead(key, found.get(lockName(key))));
}

/** The records that links open, stored or not, in the order of the links; null where there is no such link. */
export async function headsByToken(
  { executor, tables, prepared }: Place,
  hashes: readonly string[],
): Promise<readonly (Head | null)[]> {
  const isOne = hashes.length === 1;
  const opens = (
    kind: "ticket" | "customer",
  ) => sql`select k.hash, k.kind, k.workspace_id as w, k.id as i, h.version as v, h.state::text as state from ${tables.tokens} k
left join ${tables[tableOf[kind]]} h on h.workspace_id = k.workspace_id and h.id = k.id
where k.kind = ${sql.raw(`'${kind}'`)} and ${
    isOne
      ? sql`k.hash = ${sql.placeholder("hash")}::text`
      : sql`k.hash = any (array(select json_array_elements_text(${sql.placeholder("hashes")}::text::json)))`
  }`;
  const rows = await rowsFrom(
    executor,
    "looking up a link",
    prepared.statement(
      isOne ? "token" : "tokens",
      () => sql`${opens("ticket")} union all ${opens("customer")}`,
      isOne ? { hash: hashes[0] } : { hashes: JSON.stringify(hashes) },
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

/** A record as it was read; nothing stored where there is no row. */
export function toHead({ kind, workspaceId, id }: ReadKey, row: Row | undefined): Head {
  const key = { kind, workspaceId, id };
  if (row === undefined || isNull(row, "v")) return { key, version: 0, state: null };
  if (isNull(row, "state")) return { key, version: number(row, "v"), state: null };
  return { key, version: number(row, "v"), state: parsed(text(row, "state")) };
}

function parsed(state: string): Json {
  try {
    // The column holds what this package wrote.
    return JSON.parse(state) as Json;
  } catch {
    throw new CsatError(
      "storage_failed",
      "A stored record is no JSON. Compare your tables with printMigrations() of @csat/postgres.",
    );
  }
}

/** The text depends on the kinds, and on whether there is one of each or more. */
function plainRead({ tables, prepared }: Place, keys: readonly ReadKey[]): Statement {
  const kinds = kindsOf(keys);
  const values: Record<string, unknown> = {};
  const shape: string[] = [];
  for (const kind of kinds) {
    const ofKind = keys.filter((key) => key.kind === kind);
    const [first] = ofKind;
    shape.push(`${kind}${ofKind.length === 1 ? "" : "s"}`);
    if (ofKind.length === 1) {
      values[`${kind}_w`] = first?.workspaceId;
      values[`${kind}_i`] = first?.id;
    } else values[`${kind}s`] = keysAsJson(ofKind);
  }
  const build = () =>
    sql.join(
      shape.map((word, place) => {
        const kind = kinds[place] ?? "ticket";
        const from = tables[tableOf[kind]];
        return word === kind
          ? sql`select ${columnsOf(kind)} from ${from} h
where h.workspace_id = ${sql.placeholder(`${kind}_w`)}::text and h.id = ${sql.placeholder(`${kind}_i`)}::text`
          : sql`select ${columnsOf(kind)} from ${input(sql.placeholder(`${kind}s`))} join ${from} h on h.workspace_id = x.w and h.id = x.i`;
      }),
      sql` union all `,
    );
  return prepared.statement(`read_${shape.join("_")}`, build, values);
}

/**
 * Locks records of one kind in key order, those that are not stored as well: for these a row of version 0 is inserted.
 * One pass over both: whoever inserted what was absent first, and then locked the rest, would meet others half-way. The
 * update never happens, and a row that it finds is locked in its newest version.
 */
export async function lockHeads(
  { executor, tables, prepared, locked }: Place,
  { kind, keys, doing }: { readonly kind: HeadKind; readonly keys: readonly Key[]; readonly doing: string },
): Promise<void> {
  const table = tables[tableOf[kind]];
  // What an event must have stands in no list before it is written.
  const [columns, values] =
    kind === "event" ? [sql`, created_at, ticket_id`, sql`, now(), ''`] : [sql``, sql``];
  const build = () => sql`insert into ${table} as h (workspace_id, id, version${columns})
select x.w, x.i, 0${values} from ${input(sql.placeholder("keys"))} order by x.w, x.i
on conflict (workspace_id, id) do update set version = h.version where false`;
  await rowsFrom(executor, doing, prepared.statement(`lock_${kind}`, build, { keys: keysAsJson(keys) }));
  for (const key of keys) locked?.add(lockName(key));
}

/** Locks records of one kind against writers, in key order, and not against others who do so; what is not stored is not. */
export async function shareHeads(
  { executor, tables, prepared }: Place,
  { kind, keys, doing }: { readonly kind: HeadKind; readonly keys: readonly Key[]; readonly doing: string },
): Promise<void> {
  const build = () => sql`select 1 from ${input(sql.placeholder("keys"))}
join ${tables[tableOf[kind]]} h on h.workspace_id = x.w and h.id = x.i order by x.w, x.i for share of h`;
  await rowsFrom(executor, doing, prepared.statement(`share_${kind}`, build, { keys: keysAsJson(keys) }));
}

function columnsOf(kind: HeadKind): SQL {
  return sql`${sql.raw(`'${kind}'`)}::text as kind, h.workspace_id as w, h.id as i, h.version as v, h.state::text as state`;
}

function input(keys: unknown): SQL {
  return sql`json_to_recordset(${keys}::text::json) as x(w text collate "C", i text collate "C")`;
}

function keysAsJson(keys: readonly Key[]): string {
  return JSON.stringify(keys.map(({ workspaceId: w, id: i }) => ({ w, i })));
}

function kindsOf(keys: readonly Key[]): readonly HeadKind[] {
  return [...new Set(keys.map(({ kind }) => kind))];
}

function describe(keys: readonly ReadKey[]): string {
  const [first] = keys;
  if (first === undefined) return "reading nothing";
  const name = `${first.kind} ${first.id} of workspace ${first.workspaceId}`;
  return keys.length === 1 ? `reading ${name}` : `reading ${keys.length} records, the first of them ${name}`;
}
