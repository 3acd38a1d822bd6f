import { execFile } from "node:child_process";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { storageCases } from "@csat/conformance";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const template = fileURLToPath(new URL("../../packages/conformance/template/", import.meta.url));
// Inside the workspace: the packages of a copy are found from there.
const copy = fileURLToPath(new URL(`../.cache/adapter-template-${process.pid}/`, import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));

beforeAll(() => cp(template, copy, { recursive: true }));
afterAll(() => rm(copy, { recursive: true, force: true }));

/** Runs the kit on the copy by node:test, as its `npm test` does; resolves with the report in TAP. */
async function kitReport(): Promise<string> {
  const options = ["--import", "tsx", "--conditions=@csat/source", "--test", "--test-reporter=tap"];
  // node:test marks its child processes; one that inherits the mark reports to a parent that is not there.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const ended = await run(process.execPath, [...options, "test/storage.test.ts"], {
    cwd: copy,
    env,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((failed: { readonly stdout: string }) => failed);
  return ended.stdout;
}

const failing = (report: string) => [...report.matchAll(/not ok \d+ - ([a-z/-]+):/g)].map(([, id]) => id);

test("a copy of the adapter template passes the compiler", async () => {
  const tsconfig = { extends: "./tsconfig.json", compilerOptions: { customConditions: ["@csat/source"] } };
  await writeFile(`${copy}/tsconfig.here.json`, JSON.stringify(tsconfig));
  const { stdout } = await run(process.execPath, [
    `${root}node_modules/typescript/bin/tsc`,
    "-p",
    `${copy}/tsconfig.here.json`,
  ]);
  expect(stdout).toBe("");
});

test("the kit runs on the untouched template under node:test and names every case that does not hold yet", async () => {
  const report = await kitReport();
  expect(failing(report)).toEqual(storageCases.map(({ id }) => id));
  expect(report).toContain("read is not written yet.");
});

test("cases pass one by one as their methods are written", async () => {
  await writeFile(
    `${copy}/src/session.ts`,
    `import type { Head, Session } from "@csat/core";
import type { Connection } from "./connection.ts";
import { notWrittenYet } from "./not-written-yet.ts";
const heads = new Map<string, Head>();
export function sessionOn(_connection: Connection): Session {
  return {
    read: async (keys) =>
      keys.map(({ kind, workspaceId, id }) => {
        const key = { kind, workspaceId, id };
        return heads.get(JSON.stringify(key)) ?? { key, version: 0, state: null };
      }),
    byToken: async () => null,
    claim: async () => notWrittenYet("claim"),
    write: async (changes) =>
      changes.map(({ heads: [head] }) => {
        if (head === undefined) return "written";
        const { kind, workspaceId, id } = head.key;
        const text = JSON.stringify({ kind, workspaceId, id });
        if ((heads.get(text)?.version ?? 0) !== head.expected) return "conflict";
        heads.set(text, { key: { kind, workspaceId, id }, version: head.expected + 1, state: head.state });
        return "written";
      }),
  };
}
`,
  );
  const left = failing(await kitReport());
  const written = ["versions-count-the-writes", "another-version-conflicts", "outcomes-in-order", "nothing"];
  for (const id of written) expect(left).not.toContain(`write/${id}`);
  expect(left).toContain("write/whole/everything-of-a-change");
  expect(left).toContain("claim/leased-to-one");
});

test("every method of the port stands in the template", async () => {
  const files = await readdir(`${template}/src`);
  const sources = await Promise.all(files.map((file) => readFile(`${template}/src/${file}`, "utf8")));
  const methods = sources.flatMap((source) =>
    [...source.matchAll(/notWrittenYet\("([\w.]+)"\)/g)].map(([, method]) => method),
  );
  const ofStore = ["own", "counts", "parts", "recount", "backlog", "keepHouse", "prune"];
  const ofSession = ["read", "byToken", "claim", "write"];
  const ofLists = [
    "answer",
    "answers",
    "journal",
    "history",
    "events",
    "failed",
    "ticketsOf",
    "suppressed",
  ].map((name) => `lists.${name}`);
  expect(new Set(methods)).toEqual(new Set([...ofStore, ...ofSession, ...ofLists]));
});
