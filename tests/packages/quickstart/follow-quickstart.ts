import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startPrivatePostgres } from "@csat-internal/test-support";
import { root } from "../../../scripts/packages/root.ts";
import type { BareProject } from "../bare-project.ts";
import { freePort } from "../free-port.ts";
import { type Mailbox, startMailbox } from "../mailbox.ts";
import { type PageStep, pageSteps } from "./page-steps.ts";
import { openWindow, type ShellWindow } from "./terminal.ts";

const answer = new URLSearchParams({ rating: "4", comment: "On your servers, too" });

/**
 * Follows docs/quickstart.md word for word in an empty folder: saves its files, runs its commands, sees what it says is
 * seen. Nothing but addresses is put in: those of the Postgres and the mail server that the page asks for, and other
 * ports where its own are taken. Then the customer answers once more, on these servers.
 */
export async function followQuickstart(project: BareProject): Promise<void> {
  const page = readFileSync(join(root, "docs/quickstart.md"), "utf8");
  const mailbox = await startMailbox();
  const postgres = await startPrivatePostgres();
  const own = await ownAddresses({ postgresUrl: postgres.url, mailbox });
  const origin = `http://localhost:${own.webPort}`;
  const reader = newReader(project);
  try {
    for (const step of pageSteps(own.putInto(page))) await reader.follow(step);
    await answerOnServers({ origin, mailbox });
  } catch (error) {
    throw new Error(`docs/quickstart.md does not work: ${reader.whatRan()}`, { cause: error });
  } finally {
    await reader.leave();
    await mailbox.close();
    await postgres.stop();
  }
}

async function ownAddresses({
  postgresUrl,
  mailbox,
}: {
  readonly postgresUrl: string;
  readonly mailbox: Mailbox;
}) {
  const [webPort, smtpPort] = [await freePort(3000), await freePort(2525)];
  const changes = [
    ["postgres://localhost:5432/helpdesk", postgresUrl],
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

/** Someone at two terminals. */
function newReader(project: BareProject) {
  const scratch = project.folder;
  let folder = project.folder;
  const windows = new Map<string, ShellWindow>();
  let ran = "nothing ran yet.";
  let shown = "";
  const windowOf = (name: string) => {
    const open = windows.get(name) ?? openWindow({ name, folder, scratch, environment: project.environment });
    windows.set(name, open);
    return open;
  };
  const close = async (name: string) => {
    await windows.get(name)?.close();
    windows.delete(name);
  };
  const follow = async (step: PageStep) => {
    switch (step.kind) {
      case "file":
        ran = `saving ${step.path}`;
        project.write({ [join(folder.slice(project.folder.length), step.path)]: step.text });
        return;
      case "interrupt":
        ran = "Ctrl-C";
        await close("first");
        return;
      case "commands": {
        ran = step.text;
        const made = /^mkdir (\S+) && cd \1$/m.exec(step.text)?.[1];
        if (/^node server\.mjs$/m.test(step.text)) windowOf(step.terminal).leaveRunning(step.text);
        else shown = await windowOf(step.terminal).type(step.text);
        // The second terminal is opened in the folder, too.
        if (made !== undefined) folder = join(folder, made);
        return;
      }
      case "seen":
        if (step.terminal === "first") await windowOf("first").shows(step.lines);
        else for (const line of step.lines) assert.ok(shown.includes(line), `${line} is not in:\n${shown}`);
        return;
      default:
        step satisfies never;
    }
  };
  return {
    follow,
    whatRan: () => ran,
    leave: async () => {
      for (const name of windows.keys()) await close(name);
    },
  };
}

/** Step 6 of the page, on the servers of its step 7. */
async function answerOnServers({
  origin,
  mailbox,
}: {
  readonly origin: string;
  readonly mailbox: Mailbox;
}): Promise<void> {
  assert.equal(mailbox.mailsTo("you@example.com").length, 1, "csat send-test sent one mail");
  await fetch(`${origin}/tickets/1/resolve`, { method: "POST" });
  const mail = await mailbox.arrival("ann@customer.example", 90_000);
  const link = /http:\/\/localhost:\d+\/csat\/r\/\S+?rating=4/.exec(mail)?.[0] ?? "";
  assert.equal((await fetch(link, { method: "POST", body: answer })).status, 201);
  const panel = await (await fetch(`${origin}/csat/api/tickets/1`)).json();
  assert.match(JSON.stringify(panel), /"state":"answered".*"rating":4.*"comment":"On your servers, too"/);
}
