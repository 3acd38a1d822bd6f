import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pagesWithSamples, root } from "./pages/markdown-files.ts";

const note =
  "> Not on npm yet: [install it from a clone until the first release](https://github.com/csat-js/csat/blob/main/docs/guides/before-the-first-release.md).\n";

/** Pages that send a reader to npm for our packages; the template's manifest names them. */
function installs({ path, text }: { readonly path: string; readonly text: string }): boolean {
  return /^npm install .*@csat\/[a-z]/m.test(text) || path.startsWith("packages/conformance/template/");
}

test("until they are published, every page that installs our packages says that npm does not have them, and none does after", () => {
  const { version } = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8"));
  const pages = pagesWithSamples();
  const readers = pages.filter((page) => page.path === "README.md" || installs(page)).map(({ path }) => path);
  expect(readers.length).toBeGreaterThan(10);
  const told = pages.filter(({ text }) => text.includes(note)).map(({ path }) => path);
  // At the release: remove that line from every page, and the guide.
  expect(told).toEqual(version === "0.0.0" ? readers : []);
});

test("the tarballs that the guide installs are packed under these names", () => {
  const guide = readFileSync(join(root, "docs/guides/before-the-first-release.md"), "utf8");
  const [, names = "", version = ""] = /csat-\{([a-z,-]+)\}-([\d.]+)\.tgz/.exec(guide) ?? [];
  expect(names.split(",").length).toBeGreaterThan(5);
  for (const name of names.split(",")) {
    const manifest = join(root, "packages", name, "package.json");
    expect(existsSync(manifest), name).toBe(true);
    expect(JSON.parse(readFileSync(manifest, "utf8"))).toMatchObject({ name: `@csat/${name}`, version });
  }
});
