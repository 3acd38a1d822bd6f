import { readFileSync } from "node:fs";
import { join } from "node:path";
import { printMigrations } from "@csat/postgres";
import { createTestPglite } from "@csat-internal/test-support";
import { root } from "../pages/markdown-files.ts";
import type { Block } from "./code-blocks.ts";
import type { Finding } from "./finding.ts";

/**
 * Runs SQL blocks one after the other on a database that has our tables and those of docs/context/helpdesk.sql, and
 * says what it answers to each that fails.
 */
export async function runSql(blocks: readonly Block[]): Promise<readonly Finding[]> {
  if (blocks.length === 0) return [];
  const database = await createTestPglite();
  const findings: Finding[] = [];
  try {
    await database.exec(printMigrations());
    await database.exec(readFileSync(join(root, "docs/context/helpdesk.sql"), "utf8"));
    for (const { page, line, text } of blocks) {
      await database.exec(text).catch((error: unknown) => {
        findings.push({ page, line, message: `Postgres: ${String(error)}` });
      });
    }
  } finally {
    await database.close();
  }
  return findings;
}
