import { randomBytes } from "node:crypto";
import { type Connection, createConnection, type RowDataPacket } from "mysql2/promise";
import { inject } from "vitest";
import type { TestDatabase } from "../create-test-database.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Administrative URL of the MySQL or MariaDB of this run; hand it to `createTestMysql`. */
    mysqlUrl: string;
    /** Starts the name of every database this run creates there. */
    mysqlPrefix: string;
  }
}

/** Creates an empty database with a new name on the server of this run. Call `drop` in `afterAll`. */
export async function createTestMysql(adminUrl: string): Promise<TestDatabase> {
  const name = `${inject("mysqlPrefix")}_${randomBytes(5).toString("hex")}`;
  await asMysqlAdmin(adminUrl, (admin) => admin.query(`create database \`${name}\``));
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => asMysqlAdmin(adminUrl, (admin) => admin.query(`drop database if exists \`${name}\``)),
  };
}

/** Drops every database whose name starts with `prefix`: what a run has left on a server that outlives it. */
export async function dropMysqlDatabases(adminUrl: string, prefix: string): Promise<void> {
  await asMysqlAdmin(adminUrl, async (admin) => {
    const [rows] = await admin.query<RowDataPacket[]>(
      "select schema_name as name from information_schema.schemata",
    );
    for (const name of rows.map((row) => String(row.name)))
      if (name.startsWith(prefix)) await admin.query(`drop database \`${name}\``);
  });
}

async function asMysqlAdmin(url: string, work: (admin: Connection) => Promise<unknown>): Promise<void> {
  const admin = await createConnection(url);
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
