import type { Change, HeadChange, HeadKind } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { allFigures, figures } from "./counts/figures.ts";
import { rowsFrom } from "./executor.ts";
import { dueTableOf, joined, keyFields, type Place, tableOf } from "./read-heads.ts";
import { databaseNow, text } from "./row.ts";
import type { FieldType } from "./rows.ts";
import { dueRow, type HeadOf, recordRow, type SideRows, sideRowsOf } from "./write-rows.ts";

/** Writes changes whose records are locked, and were compared: one statement per table that they touch. */
export async function writeAccepted(
  place: Place,
  {
    changes,
    heads,
    doing,
  }: {
    readonly changes: readonly Change[];
    /** Their records, in key order. */
    readonly heads: ReadonlyMap<HeadKind, readonly HeadOf[]>;
    readonly doing: string;
  },
): Promise<void> {
  const run: Run = async (name, rows, build) => {
    if (rows.length === 0) return;
    const statement = place.prepared.statement(name, () => build(sql.placeholder("rows")), {
      rows: JSON.stringify(rows),
    });
    await rowsFrom(place.executor, doing, statement);
  };
  const ofKinds = [...heads].map(([kind, those]) => ({ kind, heads: those.map(({ head }) => head) }));
  for (const ofKind of ofKinds) await writeRecords(place, run, ofKind);
  for (const ofKind of ofKinds) await writeDue(place, run, ofKind);
  await writeBeside(place, run, sideRowsOf(changes), doing);
}

/** Runs a statement over rows, unless there are none. The same name is the same text. */
type Run = (name: string, rows: readonly object[], build: (json: unknown) => SQL) => Promise<void>;

interface OfKind {
  readonly kind: HeadKind;
  readonly heads: readonly HeadChange[];
}

/** The columns of a kind beside its document, as they are called in a row, and what they are. */
const cells: Readonly<Record<HeadKind, Readonly<Record<string, readonly [column: string, FieldType]>>>> = {
  ticket: { sa: ["sent_at", "time"], rb: ["resolved_by", "id"] },
  customer: { su: ["suppressed_at", "time"] },
  event: { ca: ["created_at", "time"], ti: ["ticket_id", "id"], de: ["dead", "integer"] },
  workspace: {},
};

/** Every record is there, if only as a row of version 0: each insertion becomes an update. */
async function writeRecords({ tables, input }: Place, run: Run, { heads, kind }: OfKind): Promise<void> {
  const rows = heads.map(recordRow);
  await run(`write_${kind}`, rows, (json) => {
    const own = Object.entries(cells[kind]);
    const columns = ["version", "state", ...own.map(([, [column]]) => column)];
    const fields = Object.fromEntries(own.map(([field, [, type]]) => [field, type]));
    return sql`insert into ${tables[tableOf[kind]]} (workspace_id, id, ${sql.raw(columns.join(", "))})
select x.w, x.i, ${sql.raw(["v", "s", ...Object.keys(fields)].map((field) => `x.${field}`).join(", "))}
from ${input(json, { ...keyFields, v: "integer", s: "text", ...fields })} order by x.o
on duplicate key update ${sql.raw(columns.map((column) => `${column} = values(${column})`).join(", "))}`;
  });
}

async function writeDue(place: Place, run: Run, { heads, kind }: OfKind): Promise<void> {
  const due = dueTableOf(place, kind);
  if (due === null) return;
  const set = heads.flatMap((head) => (head.due == null ? [] : [dueRow(head, head.due)]));
  const keyRow = (head: (typeof heads)[number]) => ({ w: head.key.workspaceId, i: head.key.id });
  const ended = heads.filter((head) => head.due === null).map(keyRow);
  const leases = heads.flatMap((head) => {
    const { due, lease } = head;
    if (due !== undefined || lease === undefined || lease.extendMs === null) return [];
    return [{ ...keyRow(head), us: Math.round(lease.extendMs * 1000) }];
  });
  await run(
    `due_${kind}`,
    set,
    (json) => sql`insert into ${due} (workspace_id, id, ready, wake_at, first_due_at, failed_at, reason)
select x.w, x.i, x.rd, x.wa, x.fd, x.fa, x.fr
from ${place.input(json, { ...keyFields, rd: "integer", wa: "time", fd: "time", fa: "time", fr: "text" })} order by x.o
on duplicate key update wake_at = values(wake_at), first_due_at = values(first_due_at), failed_at = values(failed_at),
  reason = values(reason), ready = values(ready), lease_id = null, lease_until = null`,
  );
  await run(
    `undue_${kind}`,
    ended,
    (json) => sql`delete d from ${place.input(json, keyFields)} ${joined(due, "d")}`,
  );
  await run(
    `lease_${kind}`,
    leases,
    (json) => sql`update ${place.input(json, { ...keyFields, us: "integer" })} ${joined(due, "d")}
set d.lease_id = if(x.us = 0, null, d.lease_id),
  d.lease_until = if(x.us = 0, null, ${databaseNow} + interval x.us microsecond)`,
  );
}

async function writeBeside(place: Place, run: Run, rows: SideRows, doing: string): Promise<void> {
  const { tables, input } = place;
  await forget(place, run, rows.forgotten, doing);
  await run(
    "tokens",
    rows.tokens,
    (json) => sql`insert into ${tables.tokens} (hash, kind, workspace_id, id, created_at)
select x.h, x.k, x.w, x.i, ${databaseNow} from ${input(json, { h: "id", k: "id", ...keyFields })} order by x.o
on duplicate key update hash = hash`,
  );
  // Nothing is ignored: INSERT IGNORE would cut what is too long.
  await run(
    "customer_tickets",
    rows.customers,
    (json) => sql`insert into ${tables.customer_tickets} (workspace_id, customer, ticket_id)
select x.w, x.c, x.i from ${input(json, { w: "id", c: "id", i: "id" })} order by x.o
on duplicate key update ticket_id = ticket_id`,
  );
  await run(
    "put",
    rows.put,
    (
      json,
    ) => sql`insert into ${tables.answers} (workspace_id, ticket_id, survey_id, rating, comment, responded_at, resolved_by, slices)
select x.w, x.i, x.s, x.r, x.m, x.at, x.b, x.sl
from ${input(json, { ...keyFields, s: "id", r: "integer", m: "text", at: "time", b: "id", sl: "text" })} order by x.o
on duplicate key update survey_id = survey_id`,
  );
  await run(
    "move",
    rows.moved,
    (json) => sql`update ${input(json, { ...keyFields, b: "id" })}
${ofTicket(tables.answers, "a")} set a.resolved_by = x.b`,
  );
  await run(
    "mark",
    rows.marked,
    (json) => sql`update ${input(json, { ...keyFields, e: "integer" })}
${ofTicket(tables.answers, "a")} set a.excluded = x.e`,
  );
  await run(
    "journal",
    rows.journal,
    (
      json,
    ) => sql`insert into ${tables.journal} (workspace_id, ticket_id, at, event, reason, actor_id, eligible_at, facts)
select x.w, x.i, x.at, x.e, x.r, x.a, x.ea, x.fa
from ${input(json, { ...keyFields, at: "time", e: "text", r: "text", a: "id", ea: "time", fa: "text" })} order by x.o`,
  );
  const counting =
    (all: Readonly<Record<string, string>>, part: Readonly<Record<string, FieldType>>) => (json: unknown) => {
      const fields = Object.fromEntries(Object.keys(all).map((name) => [name, "integer" as const]));
      const columns = [...Object.keys(part).map(() => "part"), ...Object.values(all)];
      const values = [...Object.keys(part), ...Object.keys(all)].map((name) => `x.${name}`);
      return sql`insert into ${tables.count_deltas} (workspace_id, day, actor_id, ${sql.raw(columns.join(", "))})
select x.w, x.d, x.a, ${sql.raw(values.join(", "))}
from ${input(json, { w: "id", d: "date", a: "id", ...part, ...fields })} order by x.o`;
    };
  await run("count", rows.deltas, counting(figures, {}));
  await run("count_parts", rows.slices, counting(allFigures, { p: "part" }));
}

/** Joins rows of `x` with a table by its ticket, which its primary key begins with. */
function ofTicket(table: SQL, alias: string): SQL {
  const name = sql.raw(alias);
  return sql`straight_join ${table} ${name} force index (primary) on ${name}.workspace_id = x.w and ${name}.ticket_id = x.i`;
}

async function forget(place: Place, run: Run, tickets: readonly object[], doing: string): Promise<void> {
  if (tickets.length === 0) return;
  const { executor, tables, input, prepared } = place;
  const all = (json: unknown) => input(json, keyFields);
  await run(
    "forget_tokens",
    tickets,
    (json) => sql`delete t from ${all(json)}
straight_join ${tables.tokens} t force index (tokens_record_idx) on t.workspace_id = x.w and t.id = x.i and t.kind = 'ticket'`,
  );
  await run(
    "forget_customers",
    tickets,
    (json) => sql`delete t from ${all(json)}
straight_join ${tables.customer_tickets} t force index (customer_tickets_ticket_idx) on t.workspace_id = x.w and t.ticket_id = x.i`,
  );
  await run(
    "forget_answers",
    tickets,
    (json) => sql`delete t from ${all(json)} ${ofTicket(tables.answers, "t")}`,
  );
  await run(
    "forget_journal",
    tickets,
    (json) => sql`delete t from ${all(json)} ${ofTicket(tables.journal, "t")}`,
  );
  // Locked in key order before they go: others settle several events at once.
  const build = () => sql`select e.workspace_id as w, e.id as i from ${all(sql.placeholder("rows"))}
straight_join ${tables.events} e force index (events_ticket_idx) on e.workspace_id = x.w and e.ticket_id = x.i
order by e.workspace_id, e.id${sql.raw(place.shares === true ? " for update" : "")}`;
  const values = { rows: JSON.stringify(tickets) };
  const found = await rowsFrom(
    executor,
    doing,
    prepared.statement(`forgotten_${place.shares}`, build, values),
  );
  const events = found.map((row) => ({ w: text(row, "w"), i: text(row, "i") }));
  await run("forget_events", events, (json) => sql`delete e from ${all(json)} ${joined(tables.events, "e")}`);
  await run(
    "forget_due",
    events,
    (json) => sql`delete d from ${all(json)} ${joined(tables.due_events, "d")}`,
  );
}
