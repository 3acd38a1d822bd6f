// Keeps one private Postgres server for as long as its parent lives, then removes every trace of it.
// It is a process of its own because only the end of its stdin tells of every way a test run can end: a normal
// close, Ctrl-C, SIGTERM and SIGKILL alike. First line of stdin: the settings as JSON. Then `crash`, `halt` and
// `resume`, as often as wanted. Each line is answered by one line of JSON on stdout.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** @type {{ binaries: string, copyFrom: string | null, account: { uid: number, gid: number } | null, base: string, password: string, survivesCrash: boolean }} */
let settings;
let folder = "";
let server = null;
let stopping = false;
let place = null;

const lines = createInterface({ input: process.stdin });
lines.once("line", (line) => {
  settings = JSON.parse(line);
  start().then(
    (port) => console.log(JSON.stringify({ port })),
    (error) => {
      console.log(JSON.stringify({ error: error.message }));
      stop();
    },
  );
  lines.on("line", (command) => {
    obey(command).then(
      () => console.log("{}"),
      (error) => console.log(JSON.stringify({ error: error.message })),
    );
  });
});
lines.once("close", stop);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
process.on("exit", removeFolder);

async function start() {
  folder = mkdtempSync(join(settings.base, "csat-postgres-"));
  writeFileSync(join(folder, "keeper.pid"), `${process.pid}`);
  const password = join(folder, "password");
  writeFileSync(password, settings.password, { mode: 0o600 });
  mkdirSync(join(folder, "data"));
  let bin = settings.binaries;
  if (settings.copyFrom !== null) {
    cpSync(settings.copyFrom, join(folder, "postgres"), { recursive: true, verbatimSymlinks: true });
    spawnSync("chmod", ["-R", "a+rX", join(folder, "postgres")]);
    bin = join(folder, "postgres", "bin");
  }
  if (settings.account) {
    for (const path of [folder, password, join(folder, "data")]) {
      chownSync(path, settings.account.uid, settings.account.gid);
    }
  }
  chmodSync(folder, 0o700);
  initialize({ bin, password });
  // Another process may take the free port before the server does: hence more than one attempt.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const output = await listen({ bin, port });
    if (output === null) {
      place = { bin, port };
      return port;
    }
    if (attempt === 5 || stopping) throw new Error(`postgres did not start: ${output}`);
  }
}

/** Takes the server away, as a crash or as an orderly stop does, or brings it back with its data and its port. */
async function obey(command) {
  if (command === "resume") {
    if (server !== null) return;
    const output = await listen(place);
    if (output !== null) throw new Error(`postgres did not come back: ${output}`);
    return;
  }
  if (server === null) return;
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill(command === "crash" ? "SIGQUIT" : "SIGINT");
  await gone;
}

function initialize({ bin, password }) {
  const common = [
    "-D",
    "data",
    "-U",
    "postgres",
    "-A",
    "scram-sha-256",
    `--pwfile=${password}`,
    "-E",
    "UTF8",
  ];
  // Sorting by language, as most servers do, shows up code that relies on an order of bytes. Postgres 14, and
  // builds without ICU, know only the C locale for sure.
  const locales = [["--locale=C", "--locale-provider=icu", "--icu-locale=en-US"], ["--locale=C"]];
  let output = "";
  for (const locale of locales) {
    const run = spawnSync(join(bin, "initdb"), [...common, ...locale, "--no-sync"], surroundings());
    if (run.status === 0) return;
    output = `${run.error?.message ?? ""} ${run.stderr}`;
    rmSync(join(folder, "data"), { recursive: true, force: true });
    mkdirSync(join(folder, "data"));
    if (settings.account) chownSync(join(folder, "data"), settings.account.uid, settings.account.gid);
  }
  throw new Error(`initdb failed: ${output.trim()}`);
}

/** Resolves to null once the server takes connections, else to what it said before it ended. */
function listen({ bin, port }) {
  const options = {
    listen_addresses: "127.0.0.1",
    port,
    // The default folder of the socket may not be writable; nothing here needs a socket file.
    unix_socket_directories: "",
    max_connections: 200,
    fsync: "off",
    synchronous_commit: settings.survivesCrash ? "on" : "off",
    full_page_writes: "off",
    wal_level: "minimal",
    max_wal_senders: 0,
    checkpoint_timeout: "1h",
    // Compiling a query costs more than the tests' small tables ever give back.
    jit: "off",
    // Neither UTC nor the zone of the machine: a date that leans on the session's zone comes out wrong.
    timezone: "<+0530>-05:30",
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return new Promise((resolve) => {
    let output = "";
    server = spawn(join(bin, "postgres"), ["-D", "data", ...flags], surroundings());
    server.stderr.setEncoding("utf8");
    server.stderr.on("data", (text) => {
      output = `${output}${text}`.slice(-4000);
      if (output.includes("ready to accept connections")) resolve(null);
    });
    server.once("error", (error) => resolve(error.message));
    server.once("exit", () => {
      server = null;
      resolve(output.trim());
      if (stopping) process.exit();
    });
  });
}

function surroundings() {
  // PGDATA, PGPORT and their kin would lead the server to other places.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("PG"));
  const environment = { ...Object.fromEntries(inherited), LC_ALL: "C" };
  const identity = settings.account ? { uid: settings.account.uid, gid: settings.account.gid } : {};
  return {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    ...identity,
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function stop() {
  if (stopping) return;
  stopping = true;
  if (server === null) process.exit();
  // Immediate shutdown: the data is thrown away, so no checkpoint is worth the wait.
  server.kill("SIGQUIT");
  setTimeout(() => server?.kill("SIGKILL"), 5000).unref();
}

function removeFolder() {
  if (folder !== "") rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
