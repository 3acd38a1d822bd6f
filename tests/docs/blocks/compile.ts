import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { root } from "../pages/markdown-files.ts";
import type { Block } from "./code-blocks.ts";
import type { Finding } from "./finding.ts";

const contextFolder = join(root, "docs/context");

/** A file that exists for the compiler alone. Its lines are those of the page, so that errors name them. */
interface VirtualFile {
  readonly path: string;
  readonly page: string;
  readonly text: string;
}

/**
 * Compiles the blocks of all pages in one program, and says what the compiler says. Each page has a project of its own
 * below docs/context: a relative import leads to a block that is that `file`, else to the file of docs/context.
 */
export function compileBlocks(blocks: readonly Block[]): readonly Finding[] {
  if (blocks.length === 0) return [];
  const pages = [...new Set(blocks.map(({ page }) => page))];
  const files = pages.flatMap((page) =>
    filesOf(
      page,
      blocks.filter((block) => block.page === page),
    ),
  );
  const byPath = new Map(files.map((file) => [file.path, file]));
  const options = compilerOptions();
  const host = hostOf(byPath, options);
  const names = [...byPath.keys(), ...ambientFiles()];
  const program = ts.createProgram(names, options, host);
  // Those of the pages alone: the packages behind them are checked by `npm run check:types`.
  const diagnostics = [...byPath.keys()].flatMap((path) => [
    ...program.getSyntacticDiagnostics(program.getSourceFile(path)),
    ...program.getSemanticDiagnostics(program.getSourceFile(path)),
  ]);
  return [...program.getOptionsDiagnostics(), ...diagnostics].map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, " ");
    const { file, start = 0 } = diagnostic;
    if (file === undefined) return { page: "tsconfig.json", line: 1, message };
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    return { page: byPath.get(file.fileName)?.page ?? file.fileName, line, message };
  });
}

function ambientFiles(): readonly string[] {
  return readdirSync(contextFolder)
    .filter((name) => name.endsWith(".d.ts"))
    .map((name) => join(contextFolder, name));
}

function filesOf(page: string, blocks: readonly Block[]): readonly VirtualFile[] {
  const folder = join(contextFolder, page.replaceAll(/[^\w]+/g, "-"));
  const files: { path: string; page: string; text: string }[] = [];
  for (const { line, language, text, role } of blocks) {
    const before = files.at(-1);
    if (role.kind === "continues" && before !== undefined) {
      before.text = atLine(line, text, before.text);
      continue;
    }
    const name = role.kind === "file" ? role.path : `line-${line}.${language}`;
    files.push({ path: join(folder, name), page, text: atLine(line, text) });
  }
  return files;
}

function atLine(line: number, text: string, before = ""): string {
  return before + "\n".repeat(Math.max(line - before.split("\n").length, 0)) + text;
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, "docs/context/tsconfig.json"), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, contextFolder).options;
}

function hostOf(files: ReadonlyMap<string, VirtualFile>, options: ts.CompilerOptions): ts.CompilerHost {
  const disk = ts.createCompilerHost(options);
  // What a page's project lacks is taken from docs/context itself.
  const onDisk = (path: string) =>
    path.startsWith(`${contextFolder}/`) ? path.replace(/(docs\/context)\/[^/]*-md\//, "$1/") : path;
  const readFile = (path: string) => files.get(path)?.text ?? disk.readFile(onDisk(path));
  const folders = new Set([...files.keys()].flatMap(foldersAbove));
  return {
    ...disk,
    readFile,
    fileExists: (path) => files.has(path) || disk.fileExists(onDisk(path)),
    directoryExists: (path) => folders.has(path) || ts.sys.directoryExists(onDisk(path)),
    getSourceFile: (path, languageOrOptions) => {
      const text = readFile(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, languageOrOptions);
    },
  };
}

function foldersAbove(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === contextFolder ? [folder] : [folder, ...foldersAbove(folder)];
}
