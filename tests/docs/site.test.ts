import { join } from "node:path";
import { expect, test } from "vitest";
import { firstSentence } from "../../docs/site/llms.ts";
import { repositoryLink } from "../../docs/site/repository-links.ts";
import { sidebar } from "../../docs/site/sidebar.ts";
import { root } from "./pages/markdown-files.ts";

const docs = join(root, "docs");
const linkOf = (href: string) => repositoryLink({ href, page: join(docs, "guides/webhooks.md"), docs });

test("a link to a source or a folder leads to the repository, one to a page stays on the site", () => {
  expect(linkOf("../../README.md#see-it")).toBe("https://github.com/csat-js/csat/blob/main/README.md#see-it");
  expect(linkOf("../../packages/core")).toBe("https://github.com/csat-js/csat/tree/main/packages/core");
  expect(linkOf("../context/globals.d.ts")).toBe(
    "https://github.com/csat-js/csat/blob/main/docs/context/globals.d.ts",
  );
  expect([
    linkOf("privacy.md"),
    linkOf("#verify-it"),
    linkOf("https://example.com/"),
    linkOf("/llms.txt"),
  ]).toEqual([null, null, null, null]);
});

test("a link to a source that is not there ends the build", () => {
  expect(() => linkOf("../../packages/none.ts")).toThrow(
    /webhooks\.md links to \.\.\/\.\.\/packages\/none\.ts/,
  );
});

test("the sidebar holds every page of a folder, the known ones first", () => {
  const groups = sidebar(docs).filter(({ text }) => text !== "API");
  expect(groups.map(({ text }) => text)).toEqual([
    "Start",
    "Guides",
    "Adapters",
    "Reference",
    "Performance",
    "Comparison",
    "Decisions",
  ]);
  const reference = groups.find(({ text }) => text === "Reference")?.items?.map(({ link }) => link);
  expect(reference?.slice(0, 2)).toEqual(["/reference/options", "/reference/errors"]);
  expect(reference).toContain("/reference/rules");
});

test("llms.txt tells the first sentence of a page, not its front matter or headings", () => {
  const text = "---\ntitle: a\n---\n# A page\n\nIt tells `csat.a`\nthings. And more.\n";
  expect(firstSentence(text)).toBe("It tells `csat.a` things.");
});
