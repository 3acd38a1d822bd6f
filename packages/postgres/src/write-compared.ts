import type { Change, HeadKind, Key } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { tableOf } from "./read-heads.ts";
import type { TableNames } from "./table-names.ts";
import { compareKeys } from "./write-order.ts";
import type { ComparedPart } from "./write-rows.ts";

/** A record that a change compares and leaves as it is. */
export interface ComparedShape {
  readonly kind: HeadKind;
  /** Where it is locked: before or after the record of its kind that the change writes; what is not to be stored is not. */
  readonly place: "before" | "after" | "absent";
}

const mostByParameters = 4;

/** How a change compares records with plain parameters; null where they are too many. */
export function comparedShapes({ heads, compared = [] }: Change): readonly ComparedShape[] | null {
  if (compared.length > mostByParameters) return null;
  return compared.map(({ key, expected }) => {
    const isBefore = heads.some((head) => head.key.kind === key.kind && compareKeys(key, head.key) < 0);
    return { kind: key.kind, place: expected === 0 ? "absent" : isBefore ? "before" : "after" };
  });
}

/** A part of the name of a shape: the same name is the same text. */
export function nameOfCompared(compared: readonly ComparedShape[]): string {
  const words = compared.map(
    ({ kind, place }) => `${kind.slice(0, 1)}${{ before: "b", after: "a", absent: "n" }[place]}`,
  );
  return words.length === 0 ? "" : `_v${words.join("")}`;
}

/** The values of the placeholders of the `n`th of them. */
export function valuesOfCompared(
  { key, expected }: { readonly key: Key; readonly expected: number },
  n: number,
): readonly (readonly [string, unknown])[] {
  return [
    [`vs${n}_w`, key.workspaceId],
    [`vs${n}_i`, key.id],
    [`vs${n}_e`, expected],
  ];
}

/** A step that finds one row where the record stands as expected, locked against writers if it is stored. */
export function comparedStep(
  tables: TableNames,
  {
    n,
    shape: { kind, place },
    behind,
    skipsLocked,
  }: {
    readonly n: number;
    readonly shape: ComparedShape;
    readonly behind: SQL;
    readonly skipsLocked: boolean;
  },
): SQL {
  const value = (name: string, type: string) => sql`${sql.placeholder(`vs${n}_${name}`)}::${sql.raw(type)}`;
  const from = sql`from ${tables[tableOf[kind]]} h where h.workspace_id = ${value("w", "text")} and h.id = ${value("i", "text")}`;
  return place === "absent"
    ? sql`materialized (
  select 0 as c where not exists (select ${from} and h.version > ${value("e", "int")}) ${behind}
)`
    : sql`materialized (
  select 0 as c ${from} and h.version = ${value("e", "int")} ${behind} for share ${sql.raw(skipsLocked ? "skip locked" : "")}
)`;
}

/** The part of the records of this kind that changes compare. */
export function comparedPart(kind: HeadKind): ComparedPart {
  return `vs_${kind}`;
}

/** The rows of that part. */
export function comparedInput(kind: HeadKind): SQL {
  return sql`${sql.raw(comparedPart(kind))}_in as materialized (
  select x.* from json_to_recordset(${sql.placeholder(comparedPart(kind))}::text::json) as x(c int, w text collate "C", i text collate "C", e int)
)`;
}

/** A step that locks what is compared and stored against writers, in key order. */
export function comparedLock(
  tables: TableNames,
  {
    kind,
    behind,
    skipsLocked,
  }: { readonly kind: HeadKind; readonly behind: SQL; readonly skipsLocked: boolean },
): SQL {
  const part = sql.raw(comparedPart(kind));
  return sql`${part}_locked as materialized (
  select x.w, x.i, h.version as v from (select distinct w, i from ${part}_in where e > 0) x
    join ${tables[tableOf[kind]]} h on h.workspace_id = x.w and h.id = x.i
  where ${behind}
  order by x.w, x.i for share of h ${sql.raw(skipsLocked ? "skip locked" : "")}
)`;
}

/** Changes that compare a record at another version, one that is locked where nothing waits, or as not stored one that is. */
export function comparedConflicts(tables: TableNames, kind: HeadKind, locked: SQL): SQL {
  const part = sql.raw(comparedPart(kind));
  return sql`select x.c from ${part}_in x where x.e > 0 and (x.w, x.i, x.e) not in (select l.w, l.i, l.v from ${locked} l)
  union select x.c from ${part}_in x join ${tables[tableOf[kind]]} h on h.workspace_id = x.w and h.id = x.i
  where x.e = 0 and h.version > 0`;
}
