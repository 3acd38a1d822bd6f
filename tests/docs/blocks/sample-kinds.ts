import type { Block } from "./code-blocks.ts";
import type { Finding } from "./finding.ts";

/** How the blocks of a language are checked. */
export type SampleKind = "code" | "shell" | "json" | "sql" | "quoted" | "text";

const kinds: Readonly<Record<string, SampleKind>> = {
  ts: "code",
  tsx: "code",
  js: "code",
  jsx: "code",
  mjs: "code",
  sh: "shell",
  json: "json",
  sql: "sql",
  // No compiler of the workspace reads these: they are quoted from an example, which is run.
  vue: "quoted",
  svelte: "quoted",
  yaml: "quoted",
  dockerfile: "quoted",
  // Read by people, run by nobody.
  text: "text",
  http: "text",
  html: "text",
  css: "text",
  csv: "text",
  diff: "text",
};

/** How a block is checked; null for a language that has no rule. */
export function sampleKind({ language }: Block): SampleKind | null {
  return kinds[language] ?? null;
}

/** The pages that `npm run test:packages` follows word for word: tests/packages/quickstart and newcomer. */
const followedPages = ["docs/quickstart.md", "docs/guides/express-and-sequelize.md"];

/** Says what keeps a block from being checked: no language, one without a rule, a comment nobody understands. */
export function unreadable(block: Block): readonly Finding[] {
  const { page, line, language, role } = block;
  const at = (message: string) => [{ page, line, message }];
  if (role.kind === "misspelt") {
    return at(
      `The comment "block: ${role.comment}" means nothing. Write "continues", "file PATH", "followed PATH", "from PATH", or "not checked, because REASON".`,
    );
  }
  if (role.kind === "followed" && !followedPages.includes(page))
    return at("Nobody follows this page: name it in tests/packages, or write `file PATH`.");
  if (language === "") return at("The block names no language. Text that nobody runs is `text`.");
  const kind = sampleKind(block);
  if (kind === null) return at(`No check reads \`${language}\`. Known: ${Object.keys(kinds).join(", ")}.`);
  if (kind === "quoted" && role.kind !== "from" && role.kind !== "exempt") {
    return at(`A block of \`${language}\` is quoted from an example: <!-- block: from examples/… -->.`);
  }
  return [];
}
