import { randomBytes } from "node:crypto";
import type pg from "pg";
import { inject } from "vitest";
import { asAdmin } from "./postgres/as-admin.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Administrative URL of the Postgres server of this run; hand it to `createTestDatabase`. */
    databaseUrl: string;
    /** Starts the name of every database this run creates. */
    databasePrefix: string;
  }
}

/** A database of its own. `drop` ends connections that are still open to it. */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** A database is empty, or a copy of a template that the first who needs it prepares. */
export interface TestDatabaseOptions {
  readonly template?: {
    /** Lower-case letters, digits and underscores; one preparation per name and test run. */
    readonly name: string;
    /** Fills the template, e.g. runs the migrations; all its connections must be closed when it resolves. */
    readonly prepare: (url: string) => Promise<void>;
  };
}

/**
 * Creates a database with a new name on the server of this run. Test files that call it at the same time get
 * different ones, and a template is prepared once even then. Call `drop` in `afterAll`.
 *
 * @example
 * const database = await createTestDatabase(inject("databaseUrl"));
 */
export async function createTestDatabase(
  adminUrl: string,
  options: TestDatabaseOptions = {},
): Promise<TestDatabase> {
  const prefix = inject("databasePrefix");
  const name = `${prefix}_${randomBytes(5).toString("hex")}`;
  await asAdmin(adminUrl, async (client) => {
    const { template } = options;
    if (template === undefined) {
      await client.query(`create database "${name}"`);
      return;
    }
    const source = `${prefix}_template_${template.name}`;
    // One at a time: it also keeps two copies of one template from disturbing each other.
    await client.query("select pg_advisory_lock(hashtext($1))", [source]);
    const known = await client.query("select 1 from pg_database where datname = $1", [source]);
    if (known.rowCount === 0) await prepareTemplate({ client, adminUrl, source, prepare: template.prepare });
    await client.query(`create database "${name}" template "${source}"`);
  });
  return {
    url: withDatabase(adminUrl, name),
    drop: () =>
      asAdmin(adminUrl, async (client) => {
        await whenUnused({ client, name });
        await client.query(`drop database if exists "${name}" with (force)`);
      }),
  };
}

/** Prepared under another name first: a preparation that fails half way is never taken for a template. */
async function prepareTemplate({
  client,
  adminUrl,
  source,
  prepare,
}: {
  readonly client: pg.Client;
  readonly adminUrl: string;
  readonly source: string;
  readonly prepare: (url: string) => Promise<void>;
}): Promise<void> {
  const draft = `${source}_draft`;
  await client.query(`drop database if exists "${draft}" with (force)`);
  await client.query(`create database "${draft}"`);
  await prepare(withDatabase(adminUrl, draft));
  await client.query(`alter database "${draft}" rename to "${source}"`);
}

/**
 * Waits until nobody is connected, a second at most. A pool that has ended still closes its connections; cut off by
 * force in that moment, they raise an error that nobody listens to.
 */
async function whenUnused({
  client,
  name,
}: {
  readonly client: pg.Client;
  readonly name: string;
}): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const used = await client.query("select 1 from pg_stat_activity where datname = $1", [name]);
    if (used.rowCount === 0) return;
    await client.query("select pg_sleep(0.02)");
  }
}

function withDatabase(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}
