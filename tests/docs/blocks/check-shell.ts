import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../pages/markdown-files.ts";
import type { Block } from "./code-blocks.ts";
import { csatMisuse } from "./csat-command.ts";
import type { Finding } from "./finding.ts";
import { shellCommands } from "./shell-commands.ts";
import { binaryExists, isKnownPackage, scriptsOf, workspaceFolders } from "./workspace.ts";

// Of the system, not ours: the shell's grammar is all that is checked of them.
const systemCommands =
  "cat cd chmod od tr cp createdb curl docker echo export git grep kill ls mkdir mv openssl printf psql redis-cli redis-server rm sed sleep test touch".split(
    " ",
  );

/** Says which commands of a shell block are not there: scripts, packages, binaries, options of `csat`, files. */
export function checkShell(block: Block, others: readonly Block[]): readonly Finding[] {
  const { page, line, text } = block;
  const { status, stderr } = spawnSync("sh", ["-n"], { input: text, encoding: "utf8" });
  if (status !== 0) return [{ page, line, message: `No shell reads it: ${stderr.trim()}` }];
  const files = others.flatMap(({ page: other, role }) => {
    if (other !== page) return [];
    if (role.kind === "followed") return [compiled(role.path)];
    return role.kind === "file" ? [role.path] : [];
  });
  return shellCommands(text).flatMap((command) => {
    const message = misuse(command.words, { page, files });
    return message === null ? [] : [{ page, line: line + command.line, message }];
  });
}

/** Where the helpdesk that the page is followed in has it compiled to. */
function compiled(path: string): string {
  return path.replace(/^src\/(.*)\.ts$/, "dist/$1.js");
}

interface Place {
  readonly page: string;
  /** What the page itself tells the reader to write. */
  readonly files: readonly string[];
}

function misuse(words: readonly string[], place: Place): string | null {
  const [command = "", ...rest] = words;
  switch (command) {
    case "npm":
      return npmMisuse(rest, place);
    case "npx":
      return binaryMisuse(
        rest.filter((word, index) => index > 0 || !/^(-y|--yes)$/.test(word)),
        place,
      );
    case "pnpm":
      return pnpmMisuse(rest, place);
    case "csat":
    case "tsx":
    case "node":
      return binaryMisuse(words, place);
    default:
      if (systemCommands.includes(command)) return null;
      return command.includes("/") && existsSync(join(root, command))
        ? null
        : `"${command}" is no command that the check knows.`;
  }
}

function npmMisuse([verb = "", ...rest]: readonly string[], place: Place): string | null {
  if (["test", "start"].includes(verb)) return scriptMisuse(verb, place);
  if (verb === "run") return scriptMisuse(rest.find((word) => !word.startsWith("-")) ?? "", place);
  if (["install", "i", "add"].includes(verb)) return unknownPackages(rest);
  return ["init", "pkg"].includes(verb) ? null : `The check does not know "npm ${verb}".`;
}

function pnpmMisuse(words: readonly string[], place: Place): string | null {
  if (words[0] === "--filter") {
    const [, name = "", script = ""] = words;
    const folder = workspaceFolders().get(name);
    if (folder === undefined) return `No package of the workspace is called "${name}".`;
    return script in scriptsOf(folder) ? null : `${folder}/package.json has no script "${script}".`;
  }
  const [verb = "", ...rest] = words;
  if (verb === "install") return null;
  if (verb === "add") return unknownPackages(rest);
  return scriptMisuse(verb === "run" ? (rest[0] ?? "") : verb, place);
}

function unknownPackages(words: readonly string[]): string | null {
  const names = words
    .filter((word) => !word.startsWith("-"))
    .map((word) => word.replace(/(?<=.)@[^/]*$/, ""));
  const unknown = names.filter((name) => !isKnownPackage(name));
  return unknown.length === 0
    ? null
    : `No package of the workspace, and none it uses: ${unknown.join(", ")}.`;
}

function scriptMisuse(name: string, { page }: Place): string | null {
  const own = /^(packages|examples)\/[^/]+/.exec(page)?.[0];
  if (name in scriptsOf(".") || (own !== undefined && name in scriptsOf(own))) return null;
  return `package.json has no script "${name}".`;
}

function binaryMisuse([name = "", ...rest]: readonly string[], { files }: Place): string | null {
  if (name === "csat") return csatMisuse(rest);
  if (name !== "node" && !binaryExists(name)) return `No package of the workspace brings "${name}".`;
  if (name !== "node" && name !== "tsx") return null;
  const file = rest.find((word) => !word.startsWith("-"));
  if (file === undefined || rest.some((word) => /^(-p|-e|--eval|--print)$/.test(word))) return null;
  return files.includes(file) || existsSync(join(root, file)) ? null : `There is no file "${file}".`;
}
