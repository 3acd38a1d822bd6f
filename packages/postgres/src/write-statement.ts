import type { HeadKind } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { tableOf } from "./read-heads.ts";
import type { TableNames } from "./table-names.ts";
import { comparedConflicts, comparedInput, comparedLock, comparedPart } from "./write-compared.ts";
import { kinds } from "./write-order.ts";
import type { Part } from "./write-rows.ts";
import { sideSteps } from "./write-sides.ts";

/** What a statement has to do: the text depends on nothing else. */
export interface WriteShape {
  readonly parts: ReadonlySet<Part>;
  /** True when a row sets, ends or keeps what is due. */
  readonly hasDue: boolean;
  readonly hasLease: boolean;
  /** At most one record of each kind: Postgres is told, and walks to it through the index instead of reading tables whole. */
  readonly isSingle: boolean;
  /** True when a new record is the only one of its change. */
  readonly hasAlone: boolean;
  /** True when a new record stands beside others in its change. */
  readonly hasBeside: boolean;
  /** A row that somebody else has locked is a conflict at once: outside a transaction nothing waits, so nothing deadlocks. */
  readonly skipsLocked: boolean;
}

const cells = {
  ticket: ["sent_at", "resolved_by"],
  customer: ["suppressed_at"],
  event: ["created_at", "ticket_id", "dead"],
  workspace: [],
} as const;

const cellValues = {
  ticket: sql`, x.sa, x.rb`,
  customer: sql`, x.su`,
  event: sql`, x.ca, x.ti, x.de`,
  workspace: sql``,
};

const dueTables = { ticket: "due_tickets", event: "due_events" } as const;

/**
 * One statement for any number of changes. New records that are alone in their change are inserted in key order, the
 * others and what is compared locked in key order, all versions and leases compared, new records beside others inserted; a change of which all
 * this holds is done: then its records are updated and the rows beside them written. Answers `c` and `outcome` of every
 * change that was written or lost its lease.
 *
 * An insertion waits for whoever is inserting the same key. Outside a transaction it is the only thing that waits, and
 * it comes first: whoever is waited for by others then holds nothing but what it inserted, in key order. A change has
 * one new record at most, or an insertion that comes to nothing would leave another one behind: `writeChanges` sees to it.
 */
export function writeStatement(tables: TableNames, shape: WriteShape): SQL {
  const present = kinds.filter((kind) => shape.parts.has(kind));
  const steps: SQL[] = [];
  // Each of these steps is over before the next begins: locks are taken in one order.
  let before: SQL | null = null;
  const behind = (step: SQL) => {
    const condition = before === null ? sql`true` : sql`(select count(*) from ${before}) >= 0`;
    before = step;
    return condition;
  };
  for (const kind of present) {
    // Postgres takes a list in JSON for a hundred rows, and a plan for a hundred hashes whole tables.
    const most = shape.isSingle ? sql` limit 1` : sql``;
    steps.push(sql`${name(kind, "in")} as materialized (select x.* from ${headInput(kind)}${most})`);
    if (shape.hasAlone) steps.push(insertionAlone(tables, { kind, behind: behind(name(kind, "first")) }));
  }
  const compared = kinds.filter((kind) => shape.parts.has(comparedPart(kind)));
  for (const kind of compared) steps.push(comparedInput(kind));
  const skip = shape.skipsLocked ? sql.raw("skip locked") : sql``;
  const conflicting = present.map(conflicts);
  for (const kind of kinds) {
    const isCompared = compared.includes(kind);
    const isPresent = present.includes(kind);
    // Where a write waits, records of one kind are locked in one order and so in one strength.
    const isOneLock = isCompared && isPresent && !shape.skipsLocked;
    const input = isOneLock
      ? sql`(select w, i from ${name(kind, "in")} union select w, i from ${sql.raw(comparedPart(kind))}_in where e > 0)`
      : name(kind, "in");
    if (isPresent)
      steps.push(sql`${name(kind, "locked")} as materialized (
  select x.w, x.i, h.version as v from ${input} x
    join ${tables[tableOf[kind]]} h on h.workspace_id = x.w and h.id = x.i
  where ${behind(name(kind, "locked"))}
  order by x.w, x.i for update of h ${skip}
)`);
    if (!isCompared) continue;
    const locked = isOneLock ? name(kind, "locked") : sql.raw(`${comparedPart(kind)}_locked`);
    if (!isOneLock) {
      const { skipsLocked } = shape;
      steps.push(comparedLock(tables, { kind, behind: behind(locked), skipsLocked }));
    }
    conflicting.push(comparedConflicts(tables, kind, locked));
  }
  steps.push(...leaseSteps(tables, { present, shape }));
  steps.push(sql`conflicted as materialized (${sql.join(conflicting, sql` union `)})`);
  const lost = shape.hasLease ? sql` and c not in (select c from lost)` : sql``;
  steps.push(sql`sound as materialized (
  select distinct c from (${sql.join(
    present.map((kind) => sql`select c from ${name(kind, "in")}`),
    sql` union all `,
  )}) changes where c not in (select c from conflicted)${lost}
)`);
  if (shape.hasBeside)
    for (const kind of present)
      steps.push(insertionBeside(tables, { kind, behind: behind(name(kind, "new")) }));
  const inserted = present.map((kind) => isInserted(kind, shape));
  steps.push(sql`done as materialized (
  select c from sound where true ${sql.join(inserted, sql` `)}
)`);
  for (const kind of present) steps.push(update(tables, kind));
  if (shape.hasDue || shape.hasLease)
    for (const kind of present) steps.push(...dueSteps(tables, { kind, shape }));
  steps.push(...sideSteps(tables, new Map(Array.from(shape.parts, (part) => [part, null]))));
  const answerLost = shape.hasLease
    ? sql` union all select c, 'lost_lease' from lost where c not in (select c from conflicted)`
    : sql``;
  return sql`with ${sql.join(steps, sql`, `)}
select c, 'written' as outcome from done${answerLost}`;
}

function name(kind: HeadKind, suffix: string): SQL {
  return sql.raw(`${kind}_${suffix}`);
}

function headInput(kind: HeadKind): SQL {
  return sql`json_to_recordset(${sql.placeholder(kind)}::text::json) as x(c int, w text collate "C", i text collate "C", e int, s json,
  f boolean, su timestamptz, sa timestamptz, rb text collate "C", ca timestamptz, ti text collate "C", de boolean,
  d int, wa timestamptz, fd timestamptz, fa timestamptz, fr text, li text, le float8)`;
}

function isLocked(kind: HeadKind): SQL {
  return sql`exists (select 1 from ${name(kind, "locked")} l where l.w = x.w and l.i = x.i)`;
}

/** Another version, one that is gone, or one that is locked where nothing waits. */
function conflicts(kind: HeadKind): SQL {
  return sql`select x.c from ${name(kind, "in")} x left join ${name(kind, "locked")} l on l.w = x.w and l.i = x.i
  where coalesce(l.v, 0) <> x.e`;
}

/** The lease is looked at under a lock, behind that of its record, and by the database's clock. */
function leaseSteps(
  tables: TableNames,
  { present, shape }: { readonly present: readonly HeadKind[]; readonly shape: WriteShape },
): readonly SQL[] {
  if (!shape.hasLease) return [];
  const withDue = present.flatMap((kind) => (kind === "ticket" || kind === "event" ? [kind] : []));
  const held = withDue.map(
    (kind) => sql`${name(kind, "held")} as materialized (
  select x.w, x.i from ${name(kind, "in")} x join ${name(kind, "locked")} l on l.w = x.w and l.i = x.i
    join ${tables[dueTables[kind]]} d on d.workspace_id = x.w and d.id = x.i
  where x.li is not null and d.lease_id = x.li and d.lease_until > clock_timestamp()
  for update of d
)`,
  );
  const isHeld = (kind: HeadKind) =>
    withDue.some((leased) => leased === kind)
      ? sql`exists (select 1 from ${name(kind, "held")} held where held.w = x.w and held.i = x.i)`
      : sql`false`;
  const lost = present.map(
    (kind) => sql`select x.c from ${name(kind, "in")} x where x.li is not null and not ${isHeld(kind)}`,
  );
  return [...held, sql`lost as materialized (${sql.join(lost, sql` union `)})`];
}

interface Insertion {
  readonly kind: HeadKind;
  /** True once what has to come before is over. */
  readonly behind: SQL;
}

/** What can be seen is no longer new: it is locked and compared instead. */
function insertionAlone(tables: TableNames, { kind, behind }: Insertion): SQL {
  const table = tables[tableOf[kind]];
  return sql`${name(kind, "first")} as (
  insert into ${table} (${columnsOf(kind)}) select ${valuesOf(kind)} from ${name(kind, "in")} x
  where x.f and ${behind} and not exists (select 1 from ${table} h where h.workspace_id = x.w and h.id = x.i)
  order by x.w, x.i on conflict do nothing returning workspace_id as w, id as i
)`;
}

function insertionBeside(tables: TableNames, { kind, behind }: Insertion): SQL {
  return sql`${name(kind, "new")} as (
  insert into ${tables[tableOf[kind]]} (${columnsOf(kind)}) select ${valuesOf(kind)} from ${name(kind, "in")} x join sound using (c)
  where x.e = 0 and x.f is null and ${behind} and not ${isLocked(kind)}
  order by x.w, x.i on conflict do nothing returning workspace_id as w, id as i
)`;
}

function columnsOf(kind: HeadKind): SQL {
  return sql.raw(["workspace_id", "id", "version", "state", ...cells[kind]].join(", "));
}

function valuesOf(kind: HeadKind): SQL {
  return sql`x.w, x.i, 1, x.s${cellValues[kind]}`;
}

/** Every new record that was not there to be locked was inserted. */
function isInserted(kind: HeadKind, { hasAlone, hasBeside }: WriteShape): SQL {
  // NOT IN is looked up in a hash; for NOT EXISTS Postgres walks through all rows for each, expecting few.
  const isNotIn = (step: string) => sql` and (x.w, x.i) not in (select n.w, n.i from ${name(kind, step)} n)`;
  if (!hasAlone && !hasBeside) return sql``;
  return sql`and c not in (
    select x.c from ${name(kind, "in")} x where x.e = 0${isNotIn("locked")}${hasAlone ? isNotIn("first") : sql``}${hasBeside ? isNotIn("new") : sql``}
  )`;
}

function update(tables: TableNames, kind: HeadKind): SQL {
  const values = {
    suppressed_at: "su",
    sent_at: "sa",
    resolved_by: "rb",
    created_at: "ca",
    ticket_id: "ti",
    dead: "de",
  } as const;
  const set = cells[kind].map((cell) => `, ${cell} = x.${values[cell]}`).join("");
  return sql`${name(kind, "updated")} as (
  update ${tables[tableOf[kind]]} h set version = h.version + 1, state = x.s${sql.raw(set)}
  from ${name(kind, "in")} x join done using (c)
  where h.workspace_id = x.w and h.id = x.i and ${isLocked(kind)}
)`;
}

function dueSteps(
  tables: TableNames,
  { kind, shape }: { readonly kind: HeadKind; readonly shape: WriteShape },
): readonly SQL[] {
  if (kind !== "ticket" && kind !== "event") return [];
  const table = tables[dueTables[kind]];
  const input = sql`${name(kind, "in")} x join done using (c)`;
  const due = [
    sql`${name(kind, "due")} as (
  insert into ${table} as d (workspace_id, id, wake_at, first_due_at, failed_at, reason)
  select x.w, x.i, x.wa, x.fd, x.fa, x.fr from ${input} where x.d in (1, 2) order by x.w, x.i
  on conflict (workspace_id, id) do update set wake_at = excluded.wake_at, first_due_at = excluded.first_due_at,
    failed_at = excluded.failed_at, reason = excluded.reason, ready = false, lease_id = null, lease_until = null
)`,
    sql`${name(kind, "undue")} as (
  delete from ${table} d using ${input} where x.d = 3 and d.workspace_id = x.w and d.id = x.i
)`,
  ];
  const lease = sql`${name(kind, "lease")} as (
  update ${table} d set lease_id = case when x.le = 0 then null else d.lease_id end,
    lease_until = case when x.le = 0 then null else clock_timestamp() + x.le * interval '1 millisecond' end
  from ${input} where x.d is null and x.li is not null and x.le is not null and d.workspace_id = x.w and d.id = x.i
)`;
  return [...(shape.hasDue ? due : []), ...(shape.hasLease ? [lease] : [])];
}
