import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createTestDatabase, createTestMysql } from "@csat-internal/test-support";
import { expect, inject, onTestFinished, test } from "vitest";

const run = promisify(execFile);
const file = join(import.meta.dirname, "quickstart.ts");

/** A database of the test's own, or PGlite. */
const onPglite = async () => ({ url: undefined, drop: async () => {} });

test.each([
  ["PGlite", onPglite],
  ["Postgres", () => createTestDatabase(inject("databaseUrl"))],
  ["MySQL", () => createTestMysql(inject("mysqlUrl"))],
])(
  "the quickstart shows a survey's whole life on %s with real parts, and ends by itself",
  async (_, make) => {
    const { url, drop } = await make();
    onTestFinished(drop);
    const { DATABASE_URL: _given, ...environment } = process.env;
    const { stdout, stderr } = await run(
      process.execPath,
      ["--import", "tsx", "--conditions=@csat/source", file],
      {
        cwd: import.meta.dirname,
        env: url === undefined ? environment : { ...environment, DATABASE_URL: url },
      },
    );
    expect(stderr).toBe("");
    const shown = [
      /1\. Bob resolves the ticket\.\s+survey: scheduled/,
      /2\. Ann gets a mail\.\s+Subject: .*My order has not arrived/,
      /rating=1\b[\s\S]*rating=5\b/,
      /3\. She opens its link; nothing is recorded yet\.\s+200/,
      /4\. She sends the form, and by mistake once more\.\s+201\s+409/,
      /5\. The rating stands on the ticket\.[\s\S]*state: 'answered'[\s\S]*rating: 5,\s+comment: 'Thank you!'/,
      /6\. Its event waits for your webhooks\.[\s\S]*type: 'ticket\.csat_received'/,
      /7\. CSAT explains every decision\.\s+resolved\s+scheduled\s+sent\s+answered/,
    ];
    for (const part of shown) expect(stdout).toMatch(part);
  },
);
