import { expect, test } from "vitest";
import { describeFinding } from "./blocks/finding.ts";
import { anchorsOf, deadLinks } from "./pages/links.ts";
import { markdownFiles } from "./pages/markdown-files.ts";

test("every link of every page leads to a file and a heading that are there", () => {
  const pages = markdownFiles();
  expect(pages.length).toBeGreaterThan(40);
  expect(pages.flatMap(deadLinks).map(describeFinding)).toEqual([]);
});

const dead: readonly (readonly [what: string, text: string])[] = [
  ["a file that is not there", "[a](none.md)"],
  ["a file above that is not there", "see\n[a](../packages/none)"],
  ["an image that is not there", "![a](images/none.png)"],
  ["an anchor of the page itself", "# Here\n\n[a](#there)"],
  ["an anchor of another page", "[a](reference/cli.md#none)"],
  ["an anchor of a source file", "[a](../package.json#name)"],
  ["a link by reference", "[a][b]\n\n[b]: none.md"],
  ["a link in a table", "| a |\n| --- |\n| [a](none.md) |"],
  ["an address that only the site has", "[a](/guides/webhooks)"],
  ["a file outside the repository", "[a](../../none.md)"],
];

test.each(dead)("%s is found", (_, text) => {
  expect(deadLinks({ path: "docs/a-page.md", text }).length).toBe(1);
});

test("files, folders, headings, lines of a source and other sites are no dead links", () => {
  const text =
    "# A `b` (c)\n\n## A b c\n\n[a](reference/cli.md#exit-codes) [b](../packages/core) [c](#a-b-c) [d](#a-b-c-1) [e](https://example.com/#x) [f](../package.json#L3) [g](/llms.txt)";
  expect(deadLinks({ path: "docs/a-page.md", text })).toEqual([]);
  expect([...anchorsOf(text)]).toEqual(["a-b-c", "a-b-c-1"]);
});
