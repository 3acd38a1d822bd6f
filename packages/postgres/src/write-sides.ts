import { type SQL, sql } from "drizzle-orm";
import type { TableName, TableNames } from "./table-names.ts";
import type { Part, Rows } from "./write-rows.ts";

/**
 * Where the rows of a part are inserted: each column with the field of a row that it takes, the field's type, and the column's
 * where that is another.
 */
interface Insertion {
  readonly into: TableName;
  readonly columns: readonly (readonly [column: string, field: string, type: string, becomes?: string])[];
  readonly order?: string;
  readonly otherwise?: string;
}

const workspace = ["workspace_id", "w", "text"] as const;
const ticket = ["ticket_id", "i", "text"] as const;
const counted = [
  workspace,
  ["day", "day", "date"],
  ["actor_id", "resolvedBy", "text"],
  ...["sent", "answered", "rating_1", "rating_2", "rating_3", "rating_4", "rating_5"].map(
    (name) => [name, name.replace("rating_", "r"), "int"] as const,
  ),
] as const;

const insertions: ReadonlyMap<Part, Insertion> = new Map<Part, Insertion>([
  [
    "token",
    {
      into: "tokens",
      columns: [["hash", "h", "text"], ["kind", "k", "text"], workspace, ["id", "i", "text"]],
      otherwise: "on conflict do nothing",
    },
  ],
  [
    "named",
    {
      into: "customer_tickets",
      columns: [workspace, ["customer", "u", "text"], ticket],
      otherwise: "on conflict do nothing",
    },
  ],
  [
    "put",
    {
      into: "answers",
      columns: [
        workspace,
        ticket,
        ["survey_id", "s", "text"],
        ["rating", "r", "int"],
        ["comment", "m", "text"],
        ["responded_at", "at", "timestamptz"],
        ["resolved_by", "b", "text"],
        ["slices", "sl", "text", "text[]"],
      ],
      otherwise: "on conflict do nothing",
    },
  ],
  [
    "journal",
    {
      into: "journal",
      columns: [
        workspace,
        ticket,
        ["at", "at", "timestamptz"],
        ["event", "e", "text"],
        ["reason", "r", "text"],
        ["actor_id", "a", "text"],
        ["eligible_at", "ea", "timestamptz"],
        // As text: what a field of JSON itself holds as null would be taken for none.
        ["facts", "fa", "text", "json"],
      ],
      order: "order by x.c, x.n",
    },
  ],
  [
    "delta",
    {
      into: "count_deltas",
      columns: counted,
    },
  ],
  [
    "spread",
    {
      into: "count_deltas",
      columns: [...counted, ["parts", "parts", "text", "text[]"], ["not_asked", "notAsked", "int"]],
    },
  ],
]);

/** How many rows a part has where each is given by parameters of its own; null where they are a list in JSON. */
export type SideCounts = ReadonlyMap<Part, number | null>;

const mostByParameters = 2;

/** The counts of one change's rows. */
export function countsOfOne(rows: Rows): SideCounts {
  return new Map(
    Array.from(rows, ([part, { length }]) => [
      part,
      insertions.has(part) && length <= mostByParameters ? length : null,
    ]),
  );
}

/** The values of the placeholders: a list for each part, or each field of its rows. */
export function sideValues(rows: Rows, counts: SideCounts): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [part, list] of rows) {
    if (counts.get(part) === null) values[part] = JSON.stringify(list);
    else
      for (const [n, row] of list.entries())
        for (const [field, value] of Object.entries(row))
          values[`${part}${n}_${field}`] = value instanceof Date ? value.toISOString() : value;
  }
  return values;
}

/** The steps that write what stands beside records, of changes that are `done`: a step before, with their places as `c`. */
export function sideSteps(tables: TableNames, counts: SideCounts): readonly SQL[] {
  const steps: SQL[] = counts.has("forget") ? [...forgetting(tables)] : [];
  for (const [part, { into, columns, order = "", otherwise = "" }] of insertions) {
    const count = counts.get(part);
    if (count === undefined) continue;
    // What the change forgets goes first: it may name a customer again.
    const behind = part === "named" && counts.has("forget") ? "forgotten_named" : null;
    const rows =
      count === null
        ? sql`select ${sql.raw(columns.map(([, field, , becomes]) => `x."${field}"${cast(becomes)}`).join(", "))} from ${listed(part, columns)} ${after(behind)} ${sql.raw(order)}`
        : sql.join(
            Array.from(
              { length: count },
              (_, n) =>
                sql`select ${sql.join(
                  columns.map(
                    ([, field, type, becomes]) =>
                      sql`${sql.placeholder(`${part}${n}_${field}`)}${sql.raw(cast(type) + cast(becomes))}`,
                  ),
                  sql`, `,
                )} from done ${after(behind)}`,
            ),
            sql` union all `,
          );
    steps.push(sql`new_${sql.raw(part)} as (
  insert into ${tables[into]} (${sql.raw(columns.map(([column]) => column).join(", "))}) ${rows} ${sql.raw(otherwise)}
)`);
  }
  if (counts.has("move"))
    steps.push(sql`moved as (
  update ${tables.answers} a set resolved_by = x.b from ${listed("move", [["resolved_by", "b", "text"]])}
  where a.workspace_id = x.w and a.ticket_id = x.i
)`);
  if (counts.has("exclusion"))
    steps.push(sql`marked as (
  update ${tables.answers} a set excluded = x.x from ${listed("exclusion", [["excluded", "x", "boolean"]])}
  where a.workspace_id = x.w and a.ticket_id = x.i
)`);
  return steps;
}

function after(step: string | null): SQL {
  return step === null ? sql`` : sql`where (select count(*) from ${sql.raw(step)}) >= 0`;
}

function cast(type: string | undefined): string {
  return type === undefined ? "" : `::${type}`;
}

/** The rows of a part that are a list in JSON, and whose change is done. */
function listed(part: Part, columns: Insertion["columns"]): SQL {
  const fields = columns.filter(([, field]) => field !== "w" && field !== "i");
  const own = ["n int", ...fields.map(([, field, type]) => `"${field}" ${type}`)].join(", ");
  return sql`json_to_recordset(${sql.placeholder(part)}::text::json)
    as x(c int, w text collate "C", i text collate "C", ${sql.raw(own)}) join done using (c)`;
}

function forgetting(tables: TableNames): readonly SQL[] {
  const where = (table: SQL, id: string) =>
    sql`delete from ${table} t using forgotten x where t.workspace_id = x.w and ${sql.raw(`t.${id}`)} = x.i`;
  return [
    sql`forgotten as materialized (select x.w, x.i from ${listed("forget", [])})`,
    sql`forgotten_tokens as (${where(tables.tokens, "id")} and t.kind = 'ticket')`,
    sql`forgotten_named as (${where(tables.customer_tickets, "ticket_id")} returning 1)`,
    sql`forgotten_answers as (${where(tables.answers, "ticket_id")})`,
    sql`forgotten_journal as (${where(tables.journal, "ticket_id")})`,
    // Locked in key order first: others settle several events at once.
    sql`forgotten_locked as materialized (
  select e.workspace_id as w, e.id as i from ${tables.events} e join forgotten x on e.workspace_id = x.w and e.ticket_id = x.i
  order by e.workspace_id, e.id for update of e
)`,
    sql`forgotten_events as (
  delete from ${tables.events} e using forgotten_locked x where e.workspace_id = x.w and e.id = x.i
  returning e.workspace_id as w, e.id as i
)`,
    sql`forgotten_due as (
  delete from ${tables.due_events} d using forgotten_events x where d.workspace_id = x.w and d.id = x.i
)`,
  ];
}
