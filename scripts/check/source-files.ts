import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

const kinds = ".ts .tsx .mts .cts .js .jsx .mjs .cjs .css .html .mjml .sql .sh".split(" ");
const passedOver = ["node_modules", "dist", "coverage", "generated", ".git", ".data", ".cache"];

// Written as other people's helpdesks are.
const othersCode = "tests/packages/desks/";

/** A file: its path from the root, with forward slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Every hand-written source file below `root`. */
export function sourceFiles(root: string, folder = ""): SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      const isOurs = !passedOver.includes(entry.name) && !path.startsWith(othersCode);
      return isOurs ? sourceFiles(root, path) : [];
    }
    if (!kinds.includes(extname(entry.name))) return [];
    return [{ path, text: readFileSync(join(root, path), "utf8") }];
  });
}
