import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "../free-port.ts";
import { serverAccount, temporaryFolderFor } from "../postgres/account.ts";
import { watchOver } from "../watch-over.ts";
import { findPgbouncer } from "./find-pgbouncer.ts";

/** A PgBouncer in front of one database, in transaction mode; it belongs to whoever started it. */
export interface PrivatePgbouncer {
  /** The database as it is reached through the pooler. */
  readonly url: string;
  /** In words, where the program comes from. */
  readonly origin: string;
  /** Ends it at once. Resolves when it is gone. */
  stop(): Promise<void>;
}

const tries = 5;

/**
 * Starts a PgBouncer on a free port of 127.0.0.1, which shares `serverConnections` connections to the database among any
 * number of clients, by transaction. It ends with this process at the latest.
 * @throws Error that says how to get PgBouncer when there is none, or why it did not start
 */
export async function startPrivatePgbouncer(given: {
  readonly databaseUrl: string;
  readonly serverConnections: number;
}): Promise<PrivatePgbouncer> {
  const { program, origin } = findPgbouncer();
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      const stop = await start({ ...given, program, port });
      const url = new URL(given.databaseUrl);
      url.hostname = "127.0.0.1";
      url.port = String(port);
      return { url: url.href, origin, stop };
    } catch (error) {
      // Somebody else may have taken the port in between.
      if (attempt === tries) throw error;
    }
  }
}

interface Started {
  readonly databaseUrl: string;
  readonly serverConnections: number;
  readonly program: string;
  readonly port: number;
}

async function start({ program, ...given }: Started): Promise<() => Promise<void>> {
  // Like Postgres it refuses to run as root.
  const account = serverAccount();
  const folder = mkdtempSync(join(temporaryFolderFor(account), "csat-pgbouncer-"));
  const settings = join(folder, "pgbouncer.ini");
  const users = join(folder, "users.txt");
  const { username, password } = new URL(given.databaseUrl);
  // Both hold the password of the server.
  writeFileSync(users, `${quoted(username)} ${quoted(password)}\n`, { mode: 0o600 });
  writeFileSync(settings, settingsOf({ ...given, users }), { mode: 0o600 });
  if (account !== null)
    for (const path of [folder, settings, users]) chownSync(path, account.uid, account.gid);
  const server = spawn(program, [settings], {
    stdio: ["ignore", "ignore", "pipe"],
    // A group of its own: Ctrl-C in a terminal reaches the tests alone, which then end it in order.
    detached: true,
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
  });
  const watcher = server.pid === undefined ? null : watchOver({ pid: server.pid, folder });
  const ended = new Promise<void>((resolve) => {
    const cleanUp = () => {
      watcher?.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
      resolve();
    };
    server.once("exit", cleanUp);
    server.once("error", cleanUp);
  });
  await isUp(server);
  return async () => {
    server.kill("SIGKILL");
    await ended;
  };
}

function settingsOf({
  databaseUrl,
  serverConnections,
  port,
  users,
}: Omit<Started, "program"> & { readonly users: string }): string {
  const server = new URL(databaseUrl);
  const database = decodeURIComponent(server.pathname.slice(1));
  return [
    "[databases]",
    `${database} = host=${server.hostname} port=${server.port || "5432"}`,
    "[pgbouncer]",
    `listen_addr = 127.0.0.1`,
    `listen_port = ${port}`,
    "unix_socket_dir =",
    // A server that trusts everybody has no passwords to compare.
    `auth_type = ${server.password === "" ? "trust" : "md5"}`,
    `auth_file = ${users}`,
    "pool_mode = transaction",
    `default_pool_size = ${serverConnections}`,
    "max_client_conn = 200",
    "",
  ].join("\n");
}

function quoted(value: string): string {
  return `"${decodeURIComponent(value).replaceAll('"', '""')}"`;
}

/** Resolves when it says that it listens; rejects with its last words when it ends before. */
function isUp(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const { stderr } = server;
    if (stderr === null) throw new Error("Its words are not piped.");
    const words: string[] = [];
    // Read to its end: a pipe that nobody empties would stop it one day.
    createInterface({ input: stderr }).on("line", (line) => {
      if (line.includes("process up")) resolve();
      words.push(line);
      if (words.length > 5) words.shift();
    });
    server.once("error", reject);
    server.once("close", () => reject(new Error(`PgBouncer did not start: ${words.join("\n")}`)));
  });
}
