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
  expect(report).toContain("settings.get is not written yet.");
});

test("cases pass one by one as their methods are written", async () => {
  await writeFile(
    `${copy}/src/settings.ts`,
    `import { defaultSettings, type SettingsStore, type WorkspaceSettings } from "@csat/core";
const saved = new Map<string, WorkspaceSettings>();
export function settingsStore(): SettingsStore {
  return {
    get: async (workspaceId) => saved.get(workspaceId) ?? null,
    patch: async (workspaceId, change) => {
      const after = { ...defaultSettings, ...saved.get(workspaceId), ...change };
      saved.set(workspaceId, after);
      return after;
    },
  };
}
`,
  );
  const left = failing(await kitReport());
  const written = storageCases.map(({ id }) => id).filter((id) => id.startsWith("settings/"));
  expect(written).toHaveLength(7);
  expect(left).toEqual(storageCases.map(({ id }) => id).filter((id) => !written.includes(id)));
});

test("every method of the port stands in the template, and its files carry the seven words", async () => {
  const files = await readdir(`${template}/src`);
  for (const word of ["settings", "resolutions", "surveys", "responses", "outbox", "journal", "metrics"]) {
    expect(files).toContain(`${word}.ts`);
    const source = await readFile(`${template}/src/${word}.ts`, "utf8");
    for (const [, method, said] of source.matchAll(/(\w+): async \(\) => notWrittenYet\("([\w.]+)"\)/g)) {
      expect(said).toBe(`${word}.${method}`);
    }
  }
});
