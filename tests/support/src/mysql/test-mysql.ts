import { createConnection } from "mysql2/promise";
import { type PrivateMysql, startPrivateMysql } from "./private-mysql.ts";

/**
 * The MySQL or MariaDB of this test run: the one that `MYSQL_URL` names, else a private one from a program of this machine.
 * @throws Error that says how to get a server when there is none
 */
export async function startTestMysql(environment: NodeJS.ProcessEnv = process.env): Promise<PrivateMysql> {
  const given = environment.MYSQL_URL;
  return given ? givenServer(given) : startPrivateMysql();
}

async function givenServer(url: string): Promise<PrivateMysql> {
  try {
    const connection = await createConnection(url);
    const [rows] = await connection.query("select version() as version");
    await connection.end();
    return { url, origin: `MYSQL_URL, ${JSON.stringify(rows)}`, stop: async () => {} };
  } catch (cause) {
    throw new Error(
      `Could not connect to the server in MYSQL_URL (${String(Object(cause).code)}). Start it, correct the URL, or unset MYSQL_URL to let the tests start a private server.`,
      { cause },
    );
  }
}
