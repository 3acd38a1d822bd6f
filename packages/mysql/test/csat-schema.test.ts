import { csatSchema } from "@csat/mysql";
import { getTableConfig, type MySqlTable } from "drizzle-orm/mysql-core";
import type { RowDataPacket } from "mysql2/promise";
import { beforeAll, expect, test } from "vitest";
import { connections } from "./support/connections.ts";

const server = connections(2);
let tables: readonly MySqlTable[] = [];
beforeAll(async () => {
  const [[row]] = await server.pool().query<RowDataPacket[]>("select version() as version");
  tables = Object.values(csatSchema({ server: /mariadb/i.test(String(row?.version)) ? "mariadb" : "mysql" }));
});

async function lines(text: string): Promise<readonly string[]> {
  const [rows] = await server.pool().query<RowDataPacket[]>(text);
  return rows.map((row) => String(row.line)).toSorted();
}

const ours = "table_schema = database() and table_name <> 'csat_migrations'";

test("the drizzle schema has the tables of the migrations", async () => {
  const made = await lines(`select table_name as line from information_schema.tables where ${ours}`);
  expect(tables.map((table) => getTableConfig(table).name).toSorted()).toEqual(made);
  expect(made).toHaveLength(13);
});

test("each column has the type, collation, default and nullability of the migrations", async () => {
  const made = await lines(
    `select concat_ws(' ', table_name, column_name, regexp_replace(column_type, '(int)\\\\([0-9]+\\\\)', '\\\\1'),
       if(collation_name like '%bin', concat('character set utf8mb4 collate ', collation_name), null),
       if(is_nullable = 'NO', 'not null', null), case when column_default in ('0', '1') then concat('default ', column_default) when column_default in ('', "''") then "default ''" end,
       if(extra like '%auto_increment%', 'auto_increment', null), if(extra like '%STORED%', 'stored', null)) as line
     from information_schema.columns where ${ours}`,
  );
  const declared = tables.flatMap((table) => {
    const { name, columns } = getTableConfig(table);
    return columns.map((column) =>
      [
        name,
        column.name,
        column.getSQLType().toLowerCase(),
        ...(column.notNull ? ["not null"] : []),
        ...(column.default === undefined
          ? []
          : [column.default === "" ? "default ''" : `default ${String(column.default)}`]),
        ...("autoIncrement" in column && column.autoIncrement === true ? ["auto_increment"] : []),
        ...(column.generated === undefined ? [] : ["stored"]),
      ].join(" "),
    );
  });
  expect(declared.toSorted()).toEqual(made);
});

test("keys and indexes are those of the migrations", async () => {
  const made = await lines(
    `select concat(table_name, ' ', index_name, ' (', group_concat(column_name order by seq_in_index separator ', '), ')') as line
     from information_schema.statistics where ${ours} group by table_name, index_name`,
  );
  const list = (columns: readonly object[]) =>
    `(${columns.map((column) => ("name" in column ? column.name : "an expression")).join(", ")})`;
  const declared = tables.flatMap((table) => {
    const { name, primaryKeys, indexes } = getTableConfig(table);
    return [
      ...primaryKeys.map((key) => `${name} PRIMARY ${list(key.columns)}`),
      ...indexes.map(({ config }) => `${name} ${config.name} ${list(config.columns)}`),
    ];
  });
  expect(declared.toSorted()).toEqual(made);
});
