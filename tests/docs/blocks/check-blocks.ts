import type { Page } from "../pages/markdown-files.ts";
import { checkJson } from "./check-json.ts";
import { checkShell } from "./check-shell.ts";
import { codeBlocks } from "./code-blocks.ts";
import { compileBlocks } from "./compile.ts";
import type { Finding } from "./finding.ts";
import { misquoted } from "./quoted.ts";
import { runSql } from "./run-sql.ts";
import { sampleKind, unreadable } from "./sample-kinds.ts";

/** Every block of the pages, checked as its language and its comment say; says what is wrong, and how many it checked. */
export async function checkBlocks(
  pages: readonly Page[],
): Promise<{ readonly findings: readonly Finding[]; readonly checked: Readonly<Record<string, number>> }> {
  const all = pages.flatMap(codeBlocks);
  const refused = all.flatMap(unreadable);
  const ofKind = (kind: string) =>
    all.filter(
      (block) =>
        sampleKind(block) === kind && !["from", "followed", "exempt", "misspelt"].includes(block.role.kind),
    );
  const quotations = all.filter(({ role }) => role.kind === "from");
  const followed = all.filter(({ role }) => role.kind === "followed");
  const exempt = all.filter(({ role }) => role.kind === "exempt");
  const [code, shell, json, sql] = [ofKind("code"), ofKind("shell"), ofKind("json"), ofKind("sql")];
  const findings = [
    ...refused,
    ...quotations.flatMap(misquoted),
    ...json.flatMap(checkJson),
    ...shell.flatMap((block) => checkShell(block, all)),
    ...(await runSql(sql)),
    ...compileBlocks(code),
  ];
  const checked = {
    compiled: code.length,
    quoted: quotations.length,
    shell: shell.length,
    json: json.length,
    sql: sql.length,
    followed: followed.length,
    exempt: exempt.length,
    text: ofKind("text").length,
  };
  return { findings, checked };
}
