import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../pages/markdown-files.ts";
import type { Block } from "./code-blocks.ts";
import type { Finding } from "./finding.ts";

/** Says whether a quoted block stands in its file, word for word. */
export function misquoted({ page, line, text, role }: Block): readonly Finding[] {
  if (role.kind !== "from") return [];
  const path = join(root, role.path);
  if (!existsSync(path)) return [{ page, line, message: `${role.path} is not there.` }];
  const missing = missingPart(text, readFileSync(path, "utf8"));
  return missing === null
    ? []
    : [{ page, line: line + missing, message: `From this line on it does not stand in ${role.path}.` }];
}

/**
 * Index of the first line of the part that does not stand in `source`, null when all do. A line with nothing but an
 * ellipsis in a comment (`// …`, `# …`, `<!-- … -->`) leaves something out: the parts around it follow each other in
 * the source. A part may be moved to the left as a whole.
 */
export function missingPart(quotation: string, source: string): number | null {
  const lines = quotation.trimEnd().split("\n");
  const sourceLines = source.split("\n");
  let from = 0;
  for (const { start, part } of parts(lines)) {
    const found = sourceLines.findIndex((_, index) => index >= from && standsAt(part, sourceLines, index));
    if (found === -1) return start;
    from = found + part.length;
  }
  return null;
}

function parts(
  lines: readonly string[],
): readonly { readonly start: number; readonly part: readonly string[] }[] {
  const found: { start: number; part: string[] }[] = [];
  let isOpen = false;
  for (const [index, text] of lines.entries()) {
    if (/^\s*(\/\/|#|<!--|\/\*)\s*…\s*(-->|\*\/)?$/.test(text)) {
      isOpen = false;
      continue;
    }
    if (!isOpen) {
      if (text.trim() === "") continue;
      found.push({ start: index, part: [] });
    }
    isOpen = true;
    found.at(-1)?.part.push(text);
  }
  return found.map(({ start, part }) => ({ start, part: withoutBlankEnd(part) }));
}

function withoutBlankEnd(part: readonly string[]): readonly string[] {
  return part.slice(0, part.findLastIndex((text) => text.trim() !== "") + 1);
}

function standsAt(part: readonly string[], source: readonly string[], index: number): boolean {
  const [first = ""] = part;
  const indent = (source[index] ?? "").slice(0, -first.length || undefined);
  if (indent.trim() !== "") return false;
  return part.every((text, offset) => {
    const line = source[index + offset];
    return text.trim() === "" ? line?.trim() === "" : line === indent + text;
  });
}
