import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./pages/markdown-files.ts";

/** What a helpdesk writes to embed surveys, and what pages say of its length. */
const glues: readonly (readonly [helpdesk: string, files: readonly string[], from: number, to: number])[] = [
  ["express-kysely", ["csat.ts"], 40, 59],
  ["helpdesk", ["csat.ts", "csat-handler.ts"], 60, 105],
];

test.each(glues)(
  "the glue of examples/%s is as long as the pages say, at 120 columns",
  (helpdesk, files, from, to) => {
    const texts = files.map((file) => readFileSync(join(root, "examples", helpdesk, "src", file), "utf8"));
    const lines = texts.flatMap((text) => text.trimEnd().split("\n"));
    expect(lines.length).toBeGreaterThanOrEqual(from);
    expect(lines.length).toBeLessThanOrEqual(to);
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
  },
);
