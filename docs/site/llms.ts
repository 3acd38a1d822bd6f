import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { titleOf } from "./sidebar.ts";

interface BuiltSite {
  readonly folder: string;
  readonly outDir: string;
  /** Paths of the pages below `folder`. */
  readonly pages: readonly string[];
}

/**
 * Writes what programs read: each page as Markdown beside its HTML, `llms.txt`, which lists them with their first
 * sentence, and `llms-full.txt`, which holds all but the API reference.
 */
export function writeForPrograms({ folder, outDir, pages }: BuiltSite): void {
  const written = pages.filter((page) => !page.startsWith("api/"));
  for (const page of pages) {
    const copy = join(outDir, page);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, readFileSync(join(folder, page), "utf8"));
  }
  const lines = pages.map((page) => {
    const path = join(folder, page);
    const told = page.startsWith("api/")
      ? "Every export, from its doc comment."
      : firstSentence(readFileSync(path, "utf8"));
    return `- [${titleOf(path)}](/${page})${told === "" ? "" : `: ${told}`}`;
  });
  const head = "# CSAT\n\n> Customer satisfaction surveys for helpdesks, as a library for TypeScript.\n";
  writeFileSync(join(outDir, "llms.txt"), `${head}\n## Pages\n\n${lines.join("\n")}\n`);
  const texts = written.map(
    (page) => `<!-- ${page} -->\n\n${withoutFrontMatter(readFileSync(join(folder, page), "utf8"))}`,
  );
  writeFileSync(join(outDir, "llms-full.txt"), `${head}\n${texts.join("\n\n")}`);
}

/** The first sentence of the first paragraph, as one line; empty for a page without one. */
export function firstSentence(text: string): string {
  const paragraph = withoutFrontMatter(text)
    .split(/\n\s*\n/)
    .find((block) => /^[A-Z`*[]/.test(block.trim()));
  const line = paragraph?.replaceAll(/\s+/g, " ").trim() ?? "";
  return /^.*?[.:](?= |$)/.exec(line)?.[0] ?? line;
}

function withoutFrontMatter(text: string): string {
  return text.replace(/^---\n[\s\S]*?\n---\n/, "").trim();
}
