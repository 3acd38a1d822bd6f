import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { dropMysqlDatabases } from "./mysql/create-test-mysql.ts";
import type { PrivateMysql } from "./mysql/private-mysql.ts";
import { startTestMysql } from "./mysql/test-mysql.ts";

interface SharedServer {
  readonly started: Promise<PrivateMysql>;
  readonly prefix: string;
  users: number;
}

// Each vitest project loads this file anew; what they share must outlive the module.
const key = Symbol.for("csat.test-mysql");
// The symbol is ours alone, so nothing else can have put another type there.
const shared = globalThis as { [key]?: SharedServer };

/** Vitest global setup: gives the projects that list it one MySQL or MariaDB, which ends with the last of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prefix = `csat_test_${randomBytes(5).toString("hex")}`;
  shared[key] ??= { started: announce(startTestMysql()), prefix, users: 0 };
  const server = shared[key];
  server.users++;
  const { url, stop } = await server.started;
  project.provide("mysqlUrl", url);
  project.provide("mysqlPrefix", server.prefix);
  return async () => {
    server.users--;
    if (server.users > 0) return;
    delete shared[key];
    await dropMysqlDatabases(url, server.prefix);
    await stop();
  };
}

async function announce(started: Promise<PrivateMysql>): Promise<PrivateMysql> {
  const server = await started;
  const isMariaDb = /mariadb/i.test(server.origin);
  console.log(
    `MySQL for tests: ${server.origin}${isMariaDb ? "; not run on MySQL 8 itself, which MYSQL_URL may name" : ""}`,
  );
  return server;
}
