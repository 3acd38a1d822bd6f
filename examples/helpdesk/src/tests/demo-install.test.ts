import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { expect, test } from "vitest";

const root = new URL("../../../../", import.meta.url);

function dependenciesOf(folder: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(new URL(`${folder}/package.json`, root), "utf8"));
  return Object.keys(manifest.dependencies ?? {});
}

/** Names of packages that the sources of a folder import, tests apart. */
function importedBy(folder: string): readonly string[] {
  const sources = new URL(`${folder}/src/`, root);
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" });
  const texts = files
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|^tests\//.test(file))
    .map((file) => readFileSync(new URL(file, sources), "utf8"));
  const imports = texts.flatMap((text) => [
    ...text.matchAll(/^(?:import|export)(?! type)[^"]*? from "([^".][^"]*)"|import\("([^".][^"]*)"\)/gm),
  ]);
  const paths = imports.map(([, atStart, later]) => atStart ?? later ?? "");
  return [...new Set(paths.filter((path) => !isBuiltin(path)).map(packageOf))];
}

function packageOf(path: string): string {
  return path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");
}

// `npm run demo` installs these and nothing else: see scripts/demo.mjs.
test("what the demo and its packages import at run time is among the demo's dependencies", () => {
  const demo = dependenciesOf("examples/helpdesk");
  const ours = demo
    .filter((name) => name.startsWith("@csat/"))
    .map((name) => name.replace("@csat", "packages"));
  expect(ours.length).toBeGreaterThan(5);
  const missing = ["examples/helpdesk", ...ours].flatMap((folder) => {
    const installed = [...demo, ...dependenciesOf(folder)];
    return importedBy(folder)
      .filter((name) => !installed.includes(name))
      .map((name) => `${folder}: ${name}`);
  });
  expect(missing).toEqual([]);
});
