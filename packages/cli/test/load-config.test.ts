import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadConfig } from "../src/load-config.ts";
import { readConfig } from "../src/read-config.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "csat-config-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the commands use of an instance, as a file that knows no package could write it. */
const anInstance = (publicUrl: string) =>
  `{ publicUrl: "${publicUrl}", health() {}, explain() {}, previewEmail() {}, recount() {}, exportResponses() {} }`;
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const publicUrlOf = async (path: string | null) => (await loadConfig({ folder, path })).csat.publicUrl;

test.each(["csat.config.mjs", "csat.config.js"])("%s of the folder is found", async (name) => {
  write("package.json", `{ "type": "module" }`);
  write(name, `export default ${anInstance("http://found")};`);
  expect(await publicUrlOf(null)).toBe("http://found");
});

test("a config in TypeScript runs on every supported Node, with what it imports and waits for", async () => {
  write("wiring.ts", `export enum Where { Here = "http://typed" }`);
  write(
    "csat.config.ts",
    `import { Where } from "./wiring.ts";
     const publicUrl: string = await Promise.resolve(Where.Here);
     export default { ...${anInstance("x")}, publicUrl } satisfies object;`,
  );
  expect(await publicUrlOf(null)).toBe("http://typed");
});

test.each([
  ["module.exports", "module.exports ="],
  [
    "export default, compiled to CommonJS",
    'Object.defineProperty(exports, "__esModule", { value: true }); exports.default =',
  ],
])("a config of a CommonJS host is found: %s", async (_how, beginning) => {
  write("package.json", "{}");
  write("csat.config.js", `${beginning} ${anInstance("http://commonjs")};`);
  expect(await publicUrlOf(null)).toBe("http://commonjs");
});

test("a config in TypeScript of a CommonJS host is found", async () => {
  write("package.json", "{}");
  write(
    "csat.config.ts",
    `const instance: object = ${anInstance("http://typed")};\nexport default instance;`,
  );
  expect(await publicUrlOf(null)).toBe("http://typed");
});

test("of several the TypeScript one counts, and --config before all", async () => {
  write("csat.config.ts", `export default ${anInstance("http://ts")};`);
  write("csat.config.mjs", `export default ${anInstance("http://mjs")};`);
  write("other.mjs", `export default { csat: ${anInstance("http://other")} };`);
  expect(await publicUrlOf(null)).toBe("http://ts");
  expect(await publicUrlOf("other.mjs")).toBe("http://other");
});

test.each([
  ["nothing there", null, undefined, /There is no csat\.config\.ts or .* --config FILE/],
  ["a name that leads nowhere", "csat.mjs", undefined, /There is no file .*csat\.mjs/],
  [
    "a file that throws",
    "csat.mjs",
    `throw new Error("DATABASE_URL is not set");`,
    /csat\.mjs could not be loaded: DATABASE_URL is not set/,
  ],
  ["a file with a syntax error", "csat.mjs", "export default {", /csat\.mjs could not be loaded/],
  ["no default export", "csat.mjs", "export const csat = 1;", /no default export/],
  [
    "a default export that is something else",
    "csat.mjs",
    "export default 1;",
    /csat must be what createCsat returned/,
  ],
])("%s is invalid_config with what to do", async (_case, path, text, said) => {
  if (path !== null && text !== undefined) write(path, text);
  await expect(loadConfig({ folder, path })).rejects.toMatchObject({
    code: "invalid_config",
    message: expect.stringMatching(said),
  });
});

describe("a wrong field is named", () => {
  const nothing = async () => {};
  const csat = { publicUrl: "http://x", health: nothing, explain: nothing, previewEmail: nothing };
  const instance = { ...csat, recount: nothing, exportResponses: nothing };
  test.each([
    [{ csat }, "csat"],
    [{ csat: instance, database: nothing }, "database"],
    [{ csat: instance, database: { migrate: true } }, "database.migrate"],
    [{ csat: instance, mailer: {} }, "mailer.send"],
    [{ csat: instance, checks: [nothing] }, "checks"],
    [{ csat: instance, checks: { redis: "redis://" } }, "checks.redis"],
    [{ csat: instance, checks: { clock: nothing } }, "checks.clock"],
    [{ csat: instance, close: {} }, "close"],
    [{ csat: instance, check: {} }, "check"],
  ])("%#: %j", (config, path) => {
    expect(() => readConfig(config, "csat.config.ts")).toThrow(
      expect.objectContaining({ code: "invalid_config", issues: [expect.objectContaining({ path })] }),
    );
  });

  test("a whole config passes as it is", () => {
    const database = { migrate: nothing, inspect: nothing };
    const checks = { redis: nothing, smtp: nothing, crm: nothing };
    const config = { csat: instance, database, mailer: { send: nothing }, checks, close: nothing };
    expect(readConfig(config, "csat.config.ts")).toBe(config);
  });
});
