import { asAdmin } from "./as-admin.ts";

/** Drops every database whose name starts with `prefix`: what a run has left on a server that outlives it. */
export async function dropRunDatabases({
  adminUrl,
  prefix,
}: {
  readonly adminUrl: string;
  readonly prefix: string;
}): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    const left = await client.query<{ datname: string }>(
      "select datname from pg_database where starts_with(datname, $1)",
      [prefix],
    );
    for (const { datname } of left.rows) {
      await client.query(`drop database if exists "${datname}" with (force)`);
    }
  });
}
