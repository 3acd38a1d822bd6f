import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { knownWithoutHostTransactions, schedulerCases, storageCases } from "@csat/conformance";
import { expect, test } from "vitest";

const run = promisify(execFile);

test("under node:test every case of a storage and a scheduler runs, and known ones are reported as skipped with their reason", async () => {
  // node:test marks its child processes; one that inherits the mark reports to a parent that is not there.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const options = ["--import", "tsx", "--conditions=@csat/source", "--test", "--test-reporter=tap"];
  const file = fileURLToPath(new URL("memory-under-node-test.ts", import.meta.url));
  const { stdout } = await run(process.execPath, [...options, file], { env, maxBuffer: 64 * 1024 * 1024 });
  const known = Object.keys(knownWithoutHostTransactions("")).length;
  expect(stdout).toContain(`# pass ${storageCases.length + schedulerCases.length - known}\n`);
  expect(stdout).toContain(`# skipped ${known}\n`);
  expect(stdout).toContain("# fail 0\n");
  expect(stdout).toContain("(known: a storage in memory joins no transaction of a host) # SKIP");
});
