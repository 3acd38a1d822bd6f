import { createCsat } from "@csat/core";
import { inProcessScheduler, memoryMailer, memoryStorage, memoryTickets } from "@csat/memory";
import { expect, test } from "vitest";
import { commands } from "../src/run.ts";
import { runCsat } from "./support/run-csat.ts";

const inMemory = () =>
  createCsat({
    storage: memoryStorage(),
    scheduler: inProcessScheduler(),
    mailer: memoryMailer(),
    tickets: memoryTickets(),
    publicUrl: "http://127.0.0.1:1",
  });

test.each(["--help", "-h", "help"])("csat %s lists every command on stdout", async (word) => {
  const { exitCode, stdout, stderr } = await runCsat(word);
  expect([exitCode, stderr]).toEqual([0, ""]);
  for (const { name } of commands) expect(stdout).toContain(`\n  ${name}`);
});

test.each(commands.map(({ name }) => name))(
  "csat %s --help needs no config and names every option",
  async (name) => {
    const { exitCode, stdout, stderr } = await runCsat(`${name} --help`);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const { options } = commands.find((command) => command.name === name) ?? {};
    for (const option of ["config", "debug", ...Object.keys(options ?? {})]) {
      expect(stdout).toContain(`\n  --${option}`);
    }
  },
);

test("a command that is not there ends with 2 and the list of those that are", async () => {
  const { exitCode, stdout, stderr } = await runCsat("docter");
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^csat has no command "docter"\.\n/);
  expect(stderr).toContain("\n  doctor");
});

test("no command ends with 2 and the list", async () => {
  const { exitCode, stdout, stderr } = await runCsat([]);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^Usage: csat COMMAND/);
});

test("csat --version prints a version", async () => {
  expect(await runCsat("--version")).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test.each([
  ["explain T1", "--workspace is needed"],
  ["explain --workspace acme", "TICKET is missing"],
  ["explain T1 T2 --workspace acme", 'nothing to do with "T2"'],
  ["migrate now", 'nothing to do with "now"'],
  ["doctor --frobnicate", "--frobnicate"],
  ["doctor --timeout soon", "--timeout must be a number"],
  ["doctor --overdue=-1", "--overdue must be a number from 0"],
  ["doctor --skip nothing", '"nothing"'],
  ["doctor --json=yes", "--json"],
  ["export acme --rating 6", "--rating must be"],
  ["export acme --days 31", "--days must be"],
  ["export acme --days 7 --from 2026-01-01 --to 2026-01-02", "--days cannot stand"],
  ["export acme --from 2026-01-01", "--from and --to go together"],
  ["export acme --from 2026-01-02 --to 2026-01-01", "from"],
  ["export acme --unattributed --resolved-by bob", "--unattributed cannot stand"],
  ["send-test dana --workspace acme", "ADDRESS must be"],
])("csat %s ends with 2 and says what is wrong", async (commandLine, said) => {
  const { exitCode, stdout, stderr } = await runCsat(commandLine, { config: { csat: inMemory() } });
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(said);
});

test.each([
  ["migrate", "database.migrate"],
  ["send-test dana@example.com --workspace acme", "mailer"],
])("csat %s says what the config lacks for it, and ends with 2", async (commandLine, missing) => {
  const { exitCode, stderr } = await runCsat(commandLine, { config: { csat: inMemory() } });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`The config has no ${missing}.`);
});

test("the words of errors that are not ours stay unsaid, unless --debug asks for them", async () => {
  const migrate = async () => {
    throw Object.assign(new Error("password authentication failed for dana@example.com"), { code: "28P01" });
  };
  const config = { csat: inMemory(), database: { migrate } };
  const quiet = await runCsat("migrate", { config });
  expect(quiet.exitCode).toBe(2);
  expect(quiet.stderr).toContain("28P01");
  expect(quiet.stderr).not.toContain("dana");
  expect((await runCsat("migrate --debug", { config })).stderr).toContain("dana@example.com");
});

test("the config is closed once, after a success and after a failure; one that fails to close changes no exit code", async () => {
  let closed = 0;
  const close = () => {
    closed++;
    throw new Error("a connection hangs");
  };
  const config = { csat: inMemory(), close };
  expect((await runCsat("recount acme", { config })).exitCode).toBe(0);
  expect((await runCsat("migrate", { config })).exitCode).toBe(2);
  expect(closed).toBe(2);
});

test("what somebody typed cannot command the terminal, nor turn its text around", async () => {
  const csat = inMemory();
  const actorId = "bob\u202E";
  await csat.ticketResolved({
    workspaceId: "acme",
    ticketId: "T1",
    actorId,
    resolvedAt: new Date("2026-03-05"),
  });
  const { stdout } = await runCsat("explain T1 --workspace acme", { config: { csat } });
  expect(stdout).toContain("by bob\\u202e");
  const { stderr } = await runCsat(["\u001B[2J\u009B2J"]);
  expect(stderr).toContain('no command "\\u001b[2J\\u009b2J"');
});

// S59, S68
test("explain tells from when on a customer may be asked, and when what was put off goes out", async () => {
  const at = new Date("2026-12-01T09:00:00Z");
  const eligibleAt = new Date("2026-12-24T08:00:00Z");
  const line = { workspaceId: "acme", ticketId: "T1", at, actorId: null, eligibleAt };
  const csat = {
    ...inMemory(),
    explain: async () => [
      { ...line, event: "deferred", reason: "rule:send_window" } as const,
      { ...line, event: "skipped", reason: "asked_recently" } as const,
    ],
  };
  const { stdout } = await runCsat("explain T1 --workspace acme", { config: { csat } });
  expect(stdout.split("\n").map((each) => each.slice(26 + 38))).toEqual([
    'Survey goes out later: the helpdesk\'s rule "send_window" says so; goes out 2026-12-24T08:00:00.000Z.',
    "Survey not sent: this customer was asked, or has answered, a short while ago; may be asked from 2026-12-24T08:00:00.000Z.",
    "",
  ]);
});

test("progress is drawn on a screen, and taken away in the end; elsewhere not a byte is written", async () => {
  const config = { csat: inMemory() };
  const { stderr } = await runCsat("recount acme", { config, screens: ["stderr"] });
  expect(stderr).toBe("\r\u001b[KRecounting acme\r\u001b[K");
  expect((await runCsat("recount acme", { config })).stderr).toBe("");
});

test("steps of a migration stand above its progress, each on a line of its own", async () => {
  const migrate = async ({ logger }: { logger: { info(fields: object, message: string): void } }) => {
    logger.info({ schema: "csat", number: 1, name: "init" }, "migrated");
    logger.info({ schema: "csat", attempt: 1 }, "migration waits for a lock");
  };
  const { stderr } = await runCsat("migrate", {
    config: { csat: inMemory(), database: { migrate } },
    screens: ["stderr"],
  });
  const lines = stderr.split("\n").map((line) => line.split("\u001b[K").at(-1));
  expect(lines).toEqual(["migrated 1 init", "migration waits for a lock", ""]);
});
