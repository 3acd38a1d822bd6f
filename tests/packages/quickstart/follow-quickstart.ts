import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startPrivateMysql, startPrivatePostgres } from "@csat-internal/test-support";
import { createConnection } from "mysql2/promise";
import { root } from "../../../scripts/packages/root.ts";
import type { BareProject } from "../bare-project.ts";
import { freePort } from "../free-port.ts";
import { type Mailbox, startMailbox } from "../mailbox.ts";
import { pageSteps } from "./page-steps.ts";
import { newReader } from "./reader.ts";

const answer = new URLSearchParams({ rating: "4", comment: "On your servers, too" });

/**
 * Follows docs/quickstart.md word for word in an empty folder: saves its files, runs its commands, sees what it says is
 * seen. Nothing but addresses is put in: those of the databases and the mail server that the page asks for, and other
 * ports where its own are taken. The customer answers once more on Postgres, and once more on MySQL.
 */
export async function followQuickstart(project: BareProject): Promise<void> {
  const page = readFileSync(join(root, "docs/quickstart.md"), "utf8");
  const mailbox = await startMailbox();
  const postgres = await startPrivatePostgres();
  const mysql = await aMysqlDatabase();
  const own = await ownAddresses({ postgresUrl: postgres.url, mysqlUrl: mysql.url, mailbox });
  const origin = `http://localhost:${own.webPort}`;
  const reader = newReader(project, /^node server\.mjs$/m);
  try {
    const [onPostgres = "", onMysql = ""] = own.putInto(page).split(/^(?=## 8\. )/m);
    for (const step of pageSteps(onPostgres)) await reader.follow(step);
    await answerOnServers({ origin, mailbox, earlier: 0 });
    for (const step of pageSteps(onMysql)) await reader.follow(step);
    await answerOnServers({ origin, mailbox, earlier: 1 });
  } catch (error) {
    throw new Error(`docs/quickstart.md does not work: ${reader.whatRan()}`, { cause: error });
  } finally {
    await reader.leave();
    await mailbox.close();
    await postgres.stop();
    await mysql.stop();
  }
}

/** MySQL or MariaDB with an empty database. */
async function aMysqlDatabase() {
  const { url, stop } = await startPrivateMysql();
  const admin = await createConnection(url);
  await admin.query("create database helpdesk");
  await admin.end();
  return { url: `${url}/helpdesk`, stop };
}

async function ownAddresses({
  postgresUrl,
  mysqlUrl,
  mailbox,
}: {
  readonly postgresUrl: string;
  readonly mysqlUrl: string;
  readonly mailbox: Mailbox;
}) {
  const [webPort, smtpPort] = [await freePort(3000), await freePort(2525)];
  const changes = [
    ["postgres://localhost:5432/helpdesk", postgresUrl],
    ["mysql://localhost:3306/helpdesk", mysqlUrl],
    ["smtp://localhost:587", `smtp://localhost:${mailbox.port}`],
    ["3000", `${webPort}`],
    ["2525", `${smtpPort}`],
  ] as const;
  return {
    webPort,
    putInto: (page: string) => {
      for (const [address] of changes)
        assert.ok(page.includes(address), `The page no longer holds ${address}.`);
      // In one pass, so that no address is changed within another.
      const known = new Map<string, string>(changes);
      const any = new RegExp(changes.map(([address]) => address.replaceAll(".", "\\.")).join("|"), "g");
      return page.replaceAll(any, (address) => known.get(address) ?? address);
    },
  };
}

/** Step 6 of the page, on the servers of its steps 7 and 8, which had so many mails of Ann's before. */
async function answerOnServers({
  origin,
  mailbox,
  earlier,
}: {
  readonly origin: string;
  readonly mailbox: Mailbox;
  readonly earlier: number;
}): Promise<void> {
  assert.equal(mailbox.mailsTo("you@example.com").length, 1, "csat send-test sent one mail");
  await fetch(`${origin}/tickets/1/resolve`, { method: "POST" });
  const mail = await mailbox.arrival("ann@customer.example", 90_000, earlier);
  const link = /http:\/\/localhost:\d+\/csat\/r\/\S+?rating=4/.exec(mail)?.[0] ?? "";
  assert.equal((await fetch(link, { method: "POST", body: answer })).status, 201);
  const panel = await (await fetch(`${origin}/csat/api/tickets/1`)).json();
  assert.match(JSON.stringify(panel), /"state":"answered".*"rating":4.*"comment":"On your servers, too"/);
}
