import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startPrivatePostgres } from "@csat-internal/test-support";
import pg from "pg";
import { root } from "../../scripts/packages/root.ts";
import type { BareProject } from "./bare-project.ts";
import { freePort } from "./free-port.ts";
import { startMailbox } from "./mailbox.ts";
import { startCommand } from "./run-command.ts";

/** What the README tells to install, and what only compiling its sample needs. */
export const samplePackages: readonly string[] = [
  "@csat/core",
  "@csat/http",
  "@csat/memory",
  "@csat/nodemailer",
  "@csat/postgres",
  "drizzle-orm",
  "nodemailer",
  "pg",
];

/** The first TypeScript block of the README, as it stands there. */
export function readmeSample(): string {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const sample = /^```ts\n(.*?)^```/ms.exec(readme)?.[1];
  if (sample === undefined) throw new Error("The README has no TypeScript sample.");
  return sample;
}

/** How the sample is loaded: what runs it, and what Node takes the project for. */
export interface Loading {
  readonly type: "module" | "commonjs";
  readonly load: string;
}

const loadings: Readonly<Record<Loading["type"], Loading>> = {
  module: { type: "module", load: 'import { embed } from "./embed.js";' },
  commonjs: { type: "commonjs", load: 'const { embed } = require("./embed.js");' },
};

// The host's own two parts. It resolves the ticket when it is told to.
const host = `
const ticket = {
  ticketId: "T1", status: "resolved", subject: "My order", url: null, workspaceName: "Acme",
  customer: { name: "Ann", email: "ann@customer.example", locale: "en" }, assignee: null,
};
const tickets = { getTicket: async () => ticket, getTickets: async () => [ticket] };
const authorize = async () => ({ workspaceId: "acme", userId: "bob", role: "owner" });
embed(tickets, authorize).then((resolve) => {
  console.log("embedded");
  process.stdin.once("data", async () => {
    const outcome = await resolve({ workspaceId: "acme", ticketId: "T1", actorId: "bob", resolvedAt: new Date() });
    console.log("outcome " + outcome.kind);
  });
});
`;

/**
 * Compiles the sample with the newest compiler, runs it with plain Node on a Postgres server and a mail server, and
 * lets a customer answer. The sample's three addresses that belong to this machine are its own; nothing else is changed.
 */
export async function runReadmeSample(project: BareProject, type: Loading["type"]): Promise<void> {
  const { load } = loadings[type];
  const postgres = await startPrivatePostgres();
  const mailbox = await startMailbox();
  const port = await freePort();
  const sample = replaceOnce(
    replaceOnce(readmeSample(), '"smtp://localhost"', `"smtp://localhost:${mailbox.port}"`),
    "listen(3000)",
    `listen(${port})`,
  );
  project.write({ "embed.ts": sample, "main.js": `${load}\n${host}` });
  const compiler = ["--module", "nodenext", "--target", "es2022", "--strict", "--types", "node"];
  await project.run("npm", ["pkg", "set", `type=${type}`]);
  await project.run("npx", [
    "--no-install",
    "tsc",
    "--ignoreConfig",
    "--skipLibCheck",
    ...compiler,
    "embed.ts",
  ]);
  const compiled = readFileSync(join(project.folder, "embed.js"), "utf8");
  assert.match(compiled, type === "module" ? /^import \{ createServer/m : /= require\("@csat\/core"\)/);

  // The sample's postgres://localhost/helpdesk, found by the variables that every Postgres client reads.
  const { hostname, port: postgresPort, username, password } = new URL(postgres.url);
  const own = {
    PGHOST: hostname,
    PGPORT: postgresPort,
    PGUSER: username,
    PGPASSWORD: password,
    PGDATABASE: "helpdesk",
  };
  await inDatabase(postgres.url, (client) => client.query("create database helpdesk"));
  const helpdesk = postgres.url.replace(/postgres$/, "helpdesk");
  await inDatabase(helpdesk, (client) =>
    client.query("create table tickets (id text, status text); insert into tickets values ('T1', 'open')"),
  );
  const environment = { ...project.environment, ...own };
  const running = startCommand({
    command: process.execPath,
    args: ["main.js"],
    folder: project.folder,
    environment,
  });
  try {
    await running.printed(/embedded/);
    const origin = `http://localhost:${port}`;
    const settings = await fetch(`${origin}/csat/api/settings`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ enabled: true, sendDelay: "immediately" }),
    });
    assert.equal(settings.status, 200);
    running.write("resolve");
    await running.printed(/outcome scheduled/);
    // The sample leaves the wake-up to the sweep, which comes once a minute.
    const mail = await mailbox.arrival("ann@customer.example", 120_000);
    const link = /https:\/\/help\.example\.com(\/csat\/r\/\S+?rating=5)/.exec(mail)?.[1];
    const answered = await fetch(`${origin}${link}`, {
      method: "POST",
      body: new URLSearchParams({ rating: "5", comment: "Thank you" }),
    });
    assert.equal(answered.status, 201);
    const { rows } = await inDatabase(helpdesk, (client) =>
      client.query("select t.status, r.rating, r.comment from tickets t, csat.answers r"),
    );
    assert.deepEqual(rows, [{ status: "resolved", rating: 5, comment: "Thank you" }]);
  } catch (error) {
    throw new Error(`The sample printed:\n${running.output()}`, { cause: error });
  } finally {
    await running.stop();
    await mailbox.close();
    await postgres.stop();
  }
}

function replaceOnce(text: string, part: string, by: string): string {
  assert.equal(text.split(part).length, 2, `The README's sample holds ${part} once.`);
  return text.replace(part, by);
}

async function inDatabase<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return await work(client).finally(() => client.end());
}
