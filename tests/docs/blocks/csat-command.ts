import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../pages/markdown-files.ts";

const helps = new Map<string, string | null>();

/** Says what is wrong with the words behind `csat`, as the command's own help knows it; null when they are right. */
export function csatMisuse([name = "", ...words]: readonly string[]): string | null {
  const options = (name.startsWith("-") ? [name, ...words] : words)
    .filter((word) => word.startsWith("-"))
    .map((word) => word.replace(/=.*/, ""));
  const help = helpOf(name.startsWith("-") ? "" : name);
  if (help === null) return `csat has no command "${name}".`;
  const unknown = options.filter(
    (option) => option !== "-h" && !new RegExp(`${option}(?![\\w-])`).test(help),
  );
  return unknown.length === 0 ? null : `csat ${name} takes no ${unknown.join(", ")}.`;
}

function helpOf(command: string): string | null {
  const known = helps.get(command);
  if (known !== undefined) return known;
  const words = command === "" ? ["--help"] : [command, "--help"];
  const { status, stdout } = spawnSync(
    process.execPath,
    ["--conditions=@csat/source", "--import", "tsx", join(root, "packages/cli/src/main.ts"), ...words],
    { cwd: root, encoding: "utf8" },
  );
  const help = status === 0 ? stdout : null;
  helps.set(command, help);
  return help;
}
