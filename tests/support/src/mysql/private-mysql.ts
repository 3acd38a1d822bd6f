import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createConnection } from "mysql2/promise";
import { freePort } from "../free-port.ts";
import { watchOver } from "../watch-over.ts";
import { findMysqlProgram, type MysqlProgram } from "./find-program.ts";

/** A server that belongs to whoever started it. */
export interface PrivateMysql {
  /** Of an administrator without a password: `mysql://root@127.0.0.1:<port>`. */
  readonly url: string;
  /** In words, where it comes from. */
  readonly origin: string;
  /** Ends it for good, with its data. */
  stop(): Promise<void>;
}

const readyWithinMs = 60_000;
const tries = 5;

/**
 * Starts an empty server on a free port of 127.0.0.1, in a folder of its own, that waits for no disk. It ends with this
 * process at the latest.
 * @throws Error that says how to get one when there is none, or why it did not start
 */
export async function startPrivateMysql(): Promise<PrivateMysql> {
  const program = findMysqlProgram();
  for (let attempt = 1; ; attempt++) {
    const folder = mkdtempSync(join(tmpdir(), "csat-mysql-"));
    try {
      fill(program, folder);
      return await start(program, { folder, port: await freePort() });
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      // Somebody else may have taken the port in between.
      if (attempt === tries) throw error;
    }
  }
}

const strictModes =
  "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

/** Both refuse to run as root unless they are told to. */
const asWhom = () => (process.getuid?.() === 0 ? ["--user=root"] : []);

function fill({ kind, server, installer }: MysqlProgram, folder: string): void {
  const common = ["--no-defaults", `--datadir=${join(folder, "data")}`, ...asWhom()];
  const { status, stderr, error } =
    kind === "mariadb" && installer !== null
      ? spawnSync(installer, [...common, "--auth-root-authentication-method=normal", "--skip-test-db"], {
          encoding: "utf8",
        })
      : spawnSync(server, [...common, "--initialize-insecure"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${installer ?? server} failed: ${error?.message ?? stderr.trim()}`);
}

async function start(
  { server, kind, version }: MysqlProgram,
  { folder, port }: { readonly folder: string; readonly port: number },
): Promise<PrivateMysql> {
  const settings = [
    "--no-defaults",
    `--datadir=${join(folder, "data")}`,
    `--socket=${join(folder, "socket")}`,
    `--pid-file=${join(folder, "pid")}`,
    `--port=${port}`,
    "--bind-address=127.0.0.1",
    "--max-connections=300",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--skip-log-bin",
    // Neither UTC nor the zone of the machine: a date that leans on the session's zone comes out wrong.
    "--default-time-zone=+05:30",
    // Nor the character set that our tables need: they say so themselves.
    "--character-set-server=latin1",
    "--collation-server=latin1_swedish_ci",
    // As MySQL 8 sets it; MariaDB allows more.
    `--sql-mode=${strictModes}`,
    ...asWhom(),
  ];
  // A group of its own: Ctrl-C in a terminal reaches the tests alone, which then end it in order.
  const running = spawn(server, settings, { stdio: ["ignore", "pipe", "pipe"], detached: true });
  let output = "";
  for (const stream of [running.stdout, running.stderr])
    stream.on("data", (chunk: Buffer) => {
      output = `${output}${chunk.toString("utf8")}`.slice(-2_000);
    });
  const watcher = running.pid === undefined ? null : watchOver({ pid: running.pid, folder });
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      isOver = true;
      watcher?.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
      resolve();
    };
    running.once("error", end);
    running.once("exit", end);
  });
  const stop = () => {
    running.kill("SIGKILL");
    return ended;
  };
  const url = `mysql://root@127.0.0.1:${port}`;
  for (const giveUpAt = Date.now() + readyWithinMs; Date.now() < giveUpAt && !isOver; await wait(50))
    // Its own answer counts only while it lives: another server may hold the port.
    if ((await answers(url)) && !isOver)
      return {
        url,
        stop,
        origin: `a private server, ${kind === "mariadb" ? "MariaDB" : "MySQL"} ${version}`,
      };
  await stop();
  throw new Error(`${server} on port ${port} did not start: ${output.trim()}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const connection = await createConnection(url);
    await connection.query("select 1");
    await connection.end();
    return true;
  } catch {
    return false;
  }
}
