import type { Store } from "@csat/core";
import { mysqlStorage } from "@csat/mysql";
import { type DrizzleTx, postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { createPool } from "mysql2/promise";
import pg from "pg";
import { openMysql } from "./mysql-storage.ts";
import type { OpenStorage } from "./open-storage.ts";
import { openServer } from "./storages.ts";

/** A database server on which each worker can have a connection of its own. */
export interface Server {
  readonly name: string;
  open(): Promise<OpenStorage & { readonly url: string }>;
  /** A storage with a connection of its own. */
  connect(url: string): { readonly storage: Store<DrizzleTx>; end(): Promise<void> };
}

/** Both of them. */
export const servers: readonly Server[] = [
  {
    name: "Postgres",
    open: openServer,
    connect(url) {
      const pool = new pg.Pool({ connectionString: url, max: 1 });
      return { storage: postgresStorage(drizzle(pool)), end: () => pool.end() };
    },
  },
  {
    name: "MySQL",
    open: openMysql,
    connect(url) {
      const pool = createPool({ uri: url, connectionLimit: 1 });
      return { storage: mysqlStorage(pool), end: () => pool.end() };
    },
  },
];
