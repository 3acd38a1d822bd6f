import { Pool } from "pg";

/** What a table holds for each survey. */
export interface SizePerSurvey {
  readonly table: string;
  readonly rows: number;
  /** Of the table, what it keeps out of line included. */
  readonly tableBytes: number;
  readonly indexBytes: number;
}

/** The tables of our schema, largest first, after a plain vacuum, as a database that runs has it. Empty ones are left out. */
export async function sizesOf(url: string, surveys: number): Promise<readonly SizePerSurvey[]> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    await pool.query("vacuum (analyze)");
    const { rows } = await pool.query<{ name: string; rows: string; bytes: string; indexes: string }>(
      `select c.relname as name, pg_table_size(c.oid) as bytes, pg_indexes_size(c.oid) as indexes,
         (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %s', c.oid::regclass), true, true, '')))[1]::text as rows
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'csat' and c.relkind = 'r' and c.relname <> 'migrations'
       order by pg_total_relation_size(c.oid) desc`,
    );
    return rows
      .filter((row) => Number(row.rows) > 0)
      .map((row) => ({
        table: row.name,
        rows: Number(row.rows) / surveys,
        tableBytes: Number(row.bytes) / surveys,
        indexBytes: Number(row.indexes) / surveys,
      }));
  } finally {
    await pool.end();
  }
}
