import { csatSchema, migrate } from "@csat/postgres";
import { is, SQL, sql } from "drizzle-orm";
import { getTableConfig, PgDialect, PgTable } from "drizzle-orm/pg-core";
import { beforeAll, expect, test } from "vitest";
import { connections } from "./support/connections.ts";

const server = connections(2);
beforeAll(() => migrate(server.db(), { schema: "helpdesk_csat" }));

const { schema, ...entries } = csatSchema("helpdesk_csat");
const tables = Object.values(entries).filter((entry) => is(entry, PgTable));

/** A list of lines that tell one thing each, so that a difference reads well. */
const lines = (rows: readonly { readonly line: string }[]) => rows.map(({ line }) => line).toSorted();

function printed(expression: SQL | undefined): string {
  return expression === undefined ? "" : ` where ${new PgDialect().sqlToQuery(expression).sql}`;
}

test("the drizzle schema has the tables of the migrations", async () => {
  const { rows } = await server.pool().query<{ line: string }>(
    `select table_name as line from information_schema.tables
     where table_schema = 'helpdesk_csat' and table_name <> 'migrations'`,
  );
  expect(tables.map((table) => getTableConfig(table).name).toSorted()).toEqual(lines(rows));
  expect(tables.map((table) => getTableConfig(table).schema)).toEqual(tables.map(() => schema.schemaName));
});

test("each column has the type, collation, default and nullability of the migrations", async () => {
  const { rows } = await server.pool().query<{ line: string }>(
    `select concat_ws(' ', c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod),
       case when a.attcollation = 'pg_catalog."C"'::regcollation then 'collate "C"' end,
       case when a.attnotnull then 'not null' end,
       case when d.adbin is not null then 'default ' || pg_get_expr(d.adbin, d.adrelid) end,
       case a.attidentity when 'a' then 'identity always' end) as line
     from pg_attribute a join pg_class c on c.oid = a.attrelid
       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where c.relnamespace = 'helpdesk_csat'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations'
       and a.attnum > 0 and not a.attisdropped`,
  );
  const expected = tables.flatMap((table) => {
    const { name, columns } = getTableConfig(table);
    return columns.map((column) =>
      [
        `${name}.${column.name}`,
        column.getSQLType(),
        ...(column.notNull ? ["not null"] : []),
        ...(column.default === undefined ? [] : [`default ${defaultText(column.default)}`]),
        ...(column.generatedIdentity?.type === "always" ? ["identity always"] : []),
      ].join(" "),
    );
  });
  expect(expected.toSorted()).toEqual(lines(rows));
});

test("keys, uniqueness and indexes are those of the migrations", async () => {
  const { rows } = await server.pool().query<{ line: string }>(
    `select concat_ws(' ', t.relname, i.relname,
       case when x.indisprimary then 'primary' when x.indisunique then 'unique' else 'index' end,
       '(' || (select string_agg(coalesce(a.attname, 'an expression'), ', ' order by k.position)
         from unnest(x.indkey::int[]) with ordinality as k (number, position)
           left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.number) || ')')
       || coalesce(' where ' || trim(both '()' from pg_get_expr(x.indpred, x.indrelid)), '') as line
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
     where t.relnamespace = 'helpdesk_csat'::regnamespace and t.relname <> 'migrations'`,
  );
  const expected = tables.flatMap((table) => {
    const { name, primaryKeys, uniqueConstraints, indexes } = getTableConfig(table);
    const list = (columns: readonly object[]) =>
      `(${columns.map((column) => ("name" in column ? column.name : "an expression")).join(", ")})`;
    return [
      ...primaryKeys.map((key) => `${name} ${key.getName()} primary ${list(key.columns)}`),
      ...uniqueConstraints.map((key) => `${name} ${key.getName()} unique ${list(key.columns)}`),
      ...indexes.map(
        ({ config }) =>
          `${name} ${config.name} index ${list(config.columns)}${printed(config.where).toLowerCase()}`,
      ),
    ];
  });
  expect(expected.toSorted()).toEqual(lines(rows.map(({ line }) => ({ line: inDrizzlesWords(line) }))));
});

test("every key holds the workspace, but for that of a link, which is all that a link knows", () => {
  for (const table of tables) {
    const { name, primaryKeys, uniqueConstraints } = getTableConfig(table);
    for (const { columns } of [...primaryKeys, ...uniqueConstraints])
      expect(columns.map((column) => column.name)).toContain(name === "tokens" ? "hash" : "workspace_id");
  }
});

test("nothing indexes what a send changes in a record, so that its updates stay heap-only", async () => {
  const { rows } = await server.pool().query(
    `select indexdef from pg_indexes where schemaname = 'helpdesk_csat' and tablename in ('tickets', 'customers', 'workspaces')
     and indexdef not like '% (workspace_id, id)'
     -- By what changes when somebody opts out, and not at a send.
     and indexname <> 'customers_suppressed_idx'`,
  );
  expect(rows).toEqual([]);
});

test("the tables can be queried through drizzle", async () => {
  expect(await server.db().select().from(entries.tickets)).toEqual([]);
  expect(await server.db().select({ count: sql`count(*)` }).from(entries.journal)).toHaveLength(1);
});

/** Postgres prints conditions in capitals, each in parentheses. */
function inDrizzlesWords(line: string): string {
  const [index = "", condition] = line.split(" where ");
  return condition === undefined
    ? index
    : `${index} where ${condition.replaceAll(/[()]/g, "").toLowerCase()}`;
}

function defaultText(value: unknown): string {
  if (is(value, SQL)) return new PgDialect().sqlToQuery(value).sql;
  return typeof value === "string" ? `'${value}'::text` : String(value);
}
