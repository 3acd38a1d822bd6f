import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startPrivatePostgres } from "@csat-internal/test-support";
import { root } from "../../../scripts/packages/root.ts";
import type { BareProject } from "../bare-project.ts";
import { freePort } from "../free-port.ts";
import { startMailbox } from "../mailbox.ts";
import { pageSteps } from "../quickstart/page-steps.ts";
import { newReader } from "../quickstart/reader.ts";

const page = "docs/guides/express-and-sequelize.md";
const host = join(import.meta.dirname, "../desks/newcomer");
const hostPackages =
  "express@4 sequelize@6 pg typescript@5.9 @types/express@4 @types/node@20 @types/pg".split(" ");
const linkOfThePage = "http://localhost:8080/csat/r/TOKEN?rating=5";
const patienceMs = 90_000;

/**
 * Follows the guide word for word in a helpdesk that knows nothing of surveys: saves its files, runs its commands, sees what
 * it says is seen. What is put in: the addresses of the database and the mail server, another port where 8080 is taken,
 * and the link that a newcomer copies out of the mail.
 */
export async function followGuide(project: BareProject): Promise<void> {
  const port = `${await freePort(8080)}`;
  const here = (text: string) => text.replaceAll("8080", port);
  await makeHost(project, here);
  const mailbox = await startMailbox();
  const postgres = await startPrivatePostgres();
  const text = readFileSync(join(root, page), "utf8");
  for (const address of [linkOfThePage, "postgres://localhost:5432/helpdesk", "smtp://localhost:587"])
    assert.ok(text.includes(address), `The page no longer holds ${address}.`);
  const reader = newReader(project, /^node dist\/index\.js$/m);
  try {
    for (const step of pageSteps(text)) {
      if (!("text" in step)) {
        await reader.follow(step);
        continue;
      }
      const link = step.text.includes(linkOfThePage)
        ? linkIn(await mailbox.arrival("ana@customer.example", patienceMs))
        : linkOfThePage;
      const own = here(step.text.replaceAll(linkOfThePage, "LINK OF THE MAIL"))
        .replaceAll("LINK OF THE MAIL", link)
        .replaceAll("postgres://localhost:5432/helpdesk", postgres.url)
        .replaceAll("smtp://localhost:587", `smtp://localhost:${mailbox.port}`);
      await reader.follow({ ...step, text: own });
    }
    await untilNotAsked(`http://localhost:${port}/csat/api/tickets/2/explain`);
  } catch (error) {
    throw new Error(`${page} does not work: ${reader.whatRan()}`, { cause: error });
  } finally {
    await reader.leave();
    await mailbox.close();
    await postgres.stop();
  }
}

/** The helpdesk as it stands before anybody thought of surveys; its compiler takes it. */
async function makeHost(project: BareProject, here: (text: string) => string): Promise<void> {
  await project.run("npm", ["init", "-y"]);
  await project.run("npm", ["pkg", "set", "type=commonjs"]);
  await project.run("npm", ["install", "--save-exact", ...hostPackages], { timeoutMs: 600_000 });
  const files = readdirSync(host).map((file) => [
    `src/${file}`,
    here(readFileSync(join(host, file), "utf8")),
  ]);
  const compilerOptions = {
    target: "es2020",
    module: "commonjs",
    moduleResolution: "node10",
    rootDir: "./src",
    outDir: "./dist",
    strict: true,
    esModuleInterop: true,
    skipLibCheck: true,
  };
  project.write({
    ...Object.fromEntries(files),
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"] }),
  });
  await project.run("npx", ["--no-install", "tsc"]);
}

function linkIn(mail: string): string {
  const link = /http:\/\/localhost:\d+\/csat\/r\/\S+?rating=5/.exec(mail)?.[0];
  assert.ok(link !== undefined, "The mail holds no link for a five.");
  return link;
}

/** What the page says of the contact without a mail address. The worker may look a moment later than the newcomer. */
async function untilNotAsked(explainUrl: string): Promise<void> {
  const headers = { authorization: "Bearer user-1" };
  for (const giveUpAt = Date.now() + patienceMs; Date.now() < giveUpAt; await wait(100))
    if ((await (await fetch(explainUrl, { headers })).text()).includes("no_customer_email")) return;
  throw new Error("The journal of the ticket without a mail address does not say no_customer_email.");
}
