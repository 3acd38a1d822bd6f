import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { beforeAll, expect, test } from "vitest";

let bundle: Bundle;
beforeAll(async () => {
  bundle = await bundleForAnywhere(fileURLToPath(new URL("neutral/survey-life.ts", import.meta.url)));
});

test("the core and the memory adapters import nothing that only Node has", () => {
  expect(bundle.foreignImports).toEqual([]);
});

test("a survey lives where code from strings is forbidden and Node's globals do not exist", () => {
  const told = runBare(bundle.code);
  expect(told).toMatchObject({
    resolved: { kind: "scheduled" },
    report: { sent: 1, failed: 0 },
    page: { state: "open" },
    response: { rating: 5, comment: "Thank you" },
    panel: { state: "answered", response: { rating: 5 } },
    afterwards: { state: "none" },
  });
  expect(told.text).toContain("https://help.example.com/csat/r/");
});

test("the bare process really forbids code from strings, and has none of Node's globals", () => {
  const code = `
    let refused = false;
    try { new Function("return 1")(); } catch { refused = true; }
    console.log(JSON.stringify({ refused, globals: [typeof process, typeof Buffer, typeof setImmediate, typeof require] }));`;
  expect(runBare(code)).toEqual({
    refused: true,
    globals: ["undefined", "undefined", "undefined", "undefined"],
  });
});

interface Bundle {
  readonly code: string;
  readonly foreignImports: readonly string[];
}

/** Bundles for no platform in particular. What only Node could load stays out, and is named. */
async function bundleForAnywhere(entry: string): Promise<Bundle> {
  const foreignImports: string[] = [];
  const foreign: Plugin = {
    name: "foreign imports",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
        if (kind === "entry-point" || pluginData === "asked") return undefined;
        const found = await resolve(path, { kind, resolveDir, pluginData: "asked" });
        if (found.errors.length === 0) return found;
        foreignImports.push(path);
        return { path, external: true };
      });
    },
  };
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    // As tsup.config.ts of the core has it: with "browser" nanoid takes WebCrypto.
    conditions: ["@csat/source", "import", "browser"],
    plugins: [foreign],
    write: false,
  });
  return { code: outputFiles.map(({ text }) => text).join("\n"), foreignImports };
}

/** Runs the code without the globals that Node adds to the Web's, and parses the JSON it prints. */
function runBare(code: string): Record<string, unknown> {
  const bare =
    "for (const name of ['process', 'Buffer', 'setImmediate', 'clearImmediate']) delete globalThis[name];\n";
  const flags = ["--disallow-code-generation-from-strings", "--input-type=module"];
  return JSON.parse(execFileSync(process.execPath, flags, { input: bare + code, encoding: "utf8" }));
}
