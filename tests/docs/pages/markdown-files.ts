import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The repository's root. */
export const root = join(import.meta.dirname, "..", "..", "..");

/** A Markdown file: its path from the root, with forward slashes, and its text. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

// What is made by a build or belongs to others. docs/api is TypeDoc's; the site's own build checks it.
const passedOver = ["node_modules", "dist", "coverage", ".git", ".cache", ".data", "docs/api"];

/** Every hand-written Markdown file of the repository, those of dot folders included. */
export function markdownFiles(folder = ""): readonly Page[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (passedOver.includes(entry.name) || passedOver.includes(path)) return [];
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith(".md") ? [{ path, text: readFileSync(join(root, path), "utf8") }] : [];
  });
}

/** Pages whose samples stay true: all but changelogs and change notes, which tell of a release as it was. */
export function pagesWithSamples(): readonly Page[] {
  return markdownFiles().filter(({ path }) => !/(^|\/)(\.changeset\/|CHANGELOG\.md$)/.test(path));
}
