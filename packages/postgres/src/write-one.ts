import type { Change, HeadChange, HeadKind, Key } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { tableOf } from "./read-heads.ts";
import type { TableNames } from "./table-names.ts";
import { type ComparedShape, comparedStep, nameOfCompared, valuesOfCompared } from "./write-compared.ts";
import { kinds } from "./write-order.ts";
import { type SideCounts, sideSteps } from "./write-sides.ts";

/** What a statement of one change has to do: the text depends on nothing else. */
export interface OneShape {
  readonly heads: readonly HeadShape[];
  /** What is compared and left as it is. */
  readonly compared: readonly ComparedShape[];
  /** What stands beside the records. */
  readonly sides: SideCounts;
  /** A row that somebody else has locked is a conflict at once. */
  readonly skipsLocked: boolean;
}

interface HeadShape {
  readonly kind: HeadKind;
  readonly isNew: boolean;
  readonly due: "set" | "end" | "keep";
  readonly lease: "hold" | "change" | "none";
}

const cells = {
  ticket: { sent_at: "timestamptz", resolved_by: "text" },
  customer: { suppressed_at: "timestamptz" },
  event: { created_at: "timestamptz", ticket_id: "text", dead: "boolean" },
  workspace: {},
} as const;

/**
 * How the records of a change are written with plain parameters: one of each kind at most, one under a lease, and one
 * that is new, which comes last in key order. Null for any other change. `isLocked` tells what this transaction
 * has locked: there it stands as a row, if only of version 0.
 */
export function headShapes({ heads }: Change, isLocked: (key: Key) => boolean): readonly HeadShape[] | null {
  const shapes = heads.map(
    ({ key, expected, due, lease }): HeadShape => ({
      kind: key.kind,
      isNew: expected === 0 && !isLocked(key),
      due: due === undefined ? "keep" : due === null ? "end" : "set",
      // What is due anew is leased to nobody.
      lease: lease === undefined ? "none" : lease.extendMs === null || due !== undefined ? "hold" : "change",
    }),
  );
  const leased = shapes.filter(({ lease }) => lease !== "none");
  const isFit =
    shapes.length > 0 &&
    new Set(shapes.map(({ kind }) => kind)).size === shapes.length &&
    shapes.slice(0, -1).every(({ isNew }) => !isNew) &&
    leased.length <= 1 &&
    leased.every(({ isNew, kind }) => !isNew && (kind === "ticket" || kind === "event"));
  return isFit ? shapes : null;
}

/** A name for the shape: the same name is the same text. */
export function nameOfOne({ heads, compared, sides, skipsLocked }: OneShape): string {
  const initial = (word: string) => word.slice(0, 1).toUpperCase();
  const records = heads.map(
    ({ kind, isNew, due, lease }) =>
      `${kind.slice(0, 1)}${isNew ? "N" : ""}${due === "keep" ? "" : initial(due)}${lease === "none" ? "" : initial(lease)}`,
  );
  const beside = Array.from(sides, ([part, count]) => `${part.slice(0, 1)}${count ?? ""}`).toSorted();
  return `one_${records.join("")}_${beside.join("")}${nameOfCompared(compared)}${skipsLocked ? "S" : ""}`;
}

/** The values of its placeholders; those of what stands beside are `sideValues`. */
export function valuesOfOne({ heads, compared = [] }: Change): Readonly<Record<string, unknown>> {
  return Object.fromEntries([
    ...heads.flatMap((head) =>
      Object.entries(valuesOfHead(head)).map(([name, value]) => [
        `${head.key.kind}_${name}`,
        value instanceof Date ? value.toISOString() : value,
      ]),
    ),
    ...compared.flatMap(valuesOfCompared),
  ]);
}

function valuesOfHead({ key, expected, state, cells, due, lease }: HeadChange): object {
  return {
    w: key.workspaceId,
    i: key.id,
    e: expected,
    s: JSON.stringify(state),
    ...(cells?.kind === "ticket" ? { sent_at: cells.sentAt, resolved_by: cells.resolvedBy } : {}),
    ...(key.kind === "customer"
      ? { suppressed_at: cells?.kind === "customer" ? cells.suppressedAt : null }
      : {}),
    ...(cells?.kind === "event"
      ? { created_at: cells.createdAt, ticket_id: cells.ticketId, dead: cells.dead }
      : {}),
    ...(due === undefined || due === null
      ? {}
      : {
          wakeAt: null,
          firstDueAt: null,
          failedAt: null,
          reason: due.kind === "waiting" ? (due.failing ?? null) : due.reason,
          ...due,
        }),
    ...(lease === undefined ? {} : { lease_id: lease.id, extend: lease.extendMs }),
  };
}

/**
 * One change by itself. What is stored is locked in key order, each step once the one before has found its row; then a
 * lease is looked at, and what is new is inserted: only then the change is `done`, and all else is written. Where nothing
 * but one row has to hold, its update is that step. Answers at most one row, `c` 0 and the `outcome`.
 *
 * A new record may stand there as version 0: somebody locked it and wrote nothing.
 */
export function oneStatement(tables: TableNames, { heads, compared, sides, skipsLocked }: OneShape): SQL {
  const steps: SQL[] = [];
  const stored = heads.filter(({ isNew }) => !isNew);
  const leased = heads.find(({ lease }) => lease !== "none");
  const isOneUpdate =
    stored.length === 1 && heads.length + compared.length === 1 && leased === undefined && !skipsLocked;
  let last = "";
  const behind = () => (last === "" ? sql`` : sql`and exists (select from ${sql.raw(last)})`);
  const add = (name: string, step: SQL) => {
    steps.push(sql`${sql.raw(name)} as ${step}`);
    last = name;
  };
  const compare = (those: (shape: ComparedShape) => boolean) => {
    for (const [n, shape] of compared.entries())
      if (those(shape)) add(`vs${n}`, comparedStep(tables, { n, shape, behind: behind(), skipsLocked }));
  };
  for (const kind of isOneUpdate ? [] : kinds) {
    compare((shape) => shape.kind === kind && shape.place === "before");
    if (stored.some((head) => head.kind === kind))
      add(
        `${kind}_locked`,
        sql`materialized (
  select 0 as c from ${tables[tableOf[kind]]} h where ${isThe("h", kind)} and h.version = ${value(kind, "e", "int")} ${behind()}
  for update ${sql.raw(skipsLocked ? "skip locked" : "")}
)`,
      );
    compare((shape) => shape.kind === kind && shape.place === "after");
  }
  compare(({ place }) => place === "absent");
  const lost =
    leased === undefined
      ? sql``
      : sql` union all select c, 'lost_lease' from ${sql.raw(last)} where not exists (select from held)`;
  if (leased !== undefined) add("held", held(tables, leased.kind, behind()));
  for (const { kind, isNew } of heads) {
    if (isNew) {
      steps.push(...insertion(tables, { kind, behind: behind(), skipsLocked }));
      last = `${kind}_made`;
    } else if (isOneUpdate)
      add(
        `${kind}_updated`,
        sql`(${update(tables, kind)} where ${isThe("h", kind)} and h.version = ${value(kind, "e", "int")} returning 0 as c)`,
      );
  }
  steps.push(sql`done as materialized (select c from ${sql.raw(last)})`);
  for (const { kind } of isOneUpdate ? [] : stored)
    steps.push(
      sql`${sql.raw(kind)}_updated as (${update(tables, kind)} from done where ${isThe("h", kind)})`,
    );
  for (const head of heads) steps.push(...dueSteps(tables, head));
  steps.push(...sideSteps(tables, sides));
  return sql`with ${sql.join(steps, sql`, `)}
select c, 'written' as outcome from done${lost}`;
}

function value(kind: HeadKind, name: string, type: string): SQL {
  return sql`${sql.placeholder(`${kind}_${name}`)}::${sql.raw(type)}`;
}

function isThe(alias: string, kind: HeadKind): SQL {
  return sql`${sql.raw(alias)}.workspace_id = ${value(kind, "w", "text")} and ${sql.raw(alias)}.id = ${value(kind, "i", "text")}`;
}

function held(tables: TableNames, kind: HeadKind, behind: SQL): SQL {
  return sql`materialized (
  select 0 as c from ${dueTableOf(tables, kind)} d where ${isThe("d", kind)} and d.lease_id = ${value(kind, "lease_id", "text")}
    and d.lease_until > clock_timestamp() ${behind} for update
)`;
}

/** In a transaction it waits for who holds a row of version 0; outside it steps over that, as over any other. */
function insertion(
  tables: TableNames,
  {
    kind,
    behind,
    skipsLocked,
  }: { readonly kind: HeadKind; readonly behind: SQL; readonly skipsLocked: boolean },
): readonly SQL[] {
  const table = tables[tableOf[kind]];
  const name = (suffix: string) => sql.raw(`${kind}_${suffix}`);
  const names = Object.keys(cells[kind]);
  const values = [value(kind, "w", "text"), value(kind, "i", "text"), sql`1`, ...valuesOf(kind)];
  const insert = sql`insert into ${table} as h (${sql.raw(["workspace_id", "id", "version", "state", ...names].join(", "))})
  select ${sql.join(values, sql`, `)}`;
  if (!skipsLocked) {
    const set = sql.raw(
      ["version", "state", ...names].map((column) => `${column} = excluded.${column}`).join(", "),
    );
    return [
      sql`${name("made")} as (
  ${insert} where true ${behind} on conflict (workspace_id, id) do update set ${set} where h.version = 0 returning 0 as c
)`,
    ];
  }
  return [
    sql`${name("empty")} as materialized (
  select 0 as c from ${table} h where ${isThe("h", kind)} and h.version = 0 ${behind} for update skip locked
)`,
    sql`${name("filled")} as (${update(tables, kind)} from ${name("empty")} where ${isThe("h", kind)})`,
    sql`${name("new")} as (
  ${insert} where not exists (select from ${table} there where ${isThe("there", kind)}) ${behind} on conflict do nothing returning 0 as c
)`,
    sql`${name("made")} as materialized (select c from ${name("empty")} union all select c from ${name("new")})`,
  ];
}

function valuesOf(kind: HeadKind): readonly SQL[] {
  return [
    value(kind, "s", "text::json"),
    ...Object.entries(cells[kind]).map(([name, type]) => value(kind, name, type)),
  ];
}

function update(tables: TableNames, kind: HeadKind): SQL {
  const names = ["state", ...Object.keys(cells[kind])];
  const set = valuesOf(kind).map((value, place) => sql`, ${sql.raw(names[place] ?? "")} = ${value}`);
  return sql`update ${tables[tableOf[kind]]} h set version = h.version + 1${sql.join(set)}`;
}

function dueSteps(tables: TableNames, { kind, due, lease }: HeadShape): readonly SQL[] {
  const table = dueTableOf(tables, kind);
  if (table === null) return [];
  const steps: SQL[] = [];
  const name = (suffix: string) => sql.raw(`${kind}_${suffix}`);
  if (due === "set")
    steps.push(sql`${name("due")} as (
  insert into ${table} (workspace_id, id, wake_at, first_due_at, failed_at, reason)
  select ${value(kind, "w", "text")}, ${value(kind, "i", "text")}, ${value(kind, "wakeAt", "timestamptz")},
    ${value(kind, "firstDueAt", "timestamptz")}, ${value(kind, "failedAt", "timestamptz")}, ${value(kind, "reason", "text")} from done
  on conflict (workspace_id, id) do update set wake_at = excluded.wake_at, first_due_at = excluded.first_due_at,
    failed_at = excluded.failed_at, reason = excluded.reason, ready = false, lease_id = null, lease_until = null
)`);
  if (due === "end")
    steps.push(sql`${name("undue")} as (delete from ${table} d using done where ${isThe("d", kind)})`);
  if (lease === "change") {
    const extend = value(kind, "extend", "float8");
    steps.push(sql`${name("lease")} as (
  update ${table} d set lease_id = case when ${extend} = 0 then null else d.lease_id end,
    lease_until = case when ${extend} = 0 then null else clock_timestamp() + ${extend} * interval '1 millisecond' end
  from done where ${isThe("d", kind)}
)`);
  }
  return steps;
}

function dueTableOf(tables: TableNames, kind: HeadKind): SQL | null {
  return kind === "ticket" ? tables.due_tickets : kind === "event" ? tables.due_events : null;
}
