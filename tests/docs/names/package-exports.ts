import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "../pages/markdown-files.ts";

/** One export of a package's entry, as whoever imports it sees it. */
export interface PackageExport {
  /** As it is imported, e.g. `@csat/http/node`. */
  readonly entry: string;
  readonly name: string;
  readonly symbol: ts.Symbol;
}

/** What the compiler knows of the packages. */
export interface PackageTypes {
  readonly checker: ts.TypeChecker;
  readonly exports: readonly PackageExport[];
}

/** Reads the entries that the packages name in their `exports`; `extra` are files for the compiler alone. */
export function readPackageTypes(extra: Readonly<Record<string, string>> = {}): PackageTypes {
  const entries = [...entriesOfPackages(), ...Object.keys(extra).map((path) => ({ entry: path, path }))];
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => path in extra || disk.fileExists(path),
    readFile: (path) => extra[path] ?? disk.readFile(path),
    getSourceFile: (path, language) => {
      const text = extra[path] ?? disk.readFile(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, language);
    },
  };
  const program = ts.createProgram(
    entries.map(({ path }) => path),
    options,
    host,
  );
  const checker = program.getTypeChecker();
  const exports = entries.flatMap(({ entry, path }) => {
    const file = program.getSourceFile(path);
    const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${path} exports nothing.`);
    return checker
      .getExportsOfModule(module)
      .map((symbol) => ({ entry, name: symbol.name, symbol: aliased(checker, symbol) }));
  });
  return { checker, exports };
}

function aliased(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function entriesOfPackages(): readonly { readonly entry: string; readonly path: string }[] {
  return readdirSync(join(root, "packages")).flatMap((folder) => {
    const manifest: {
      readonly name: string;
      readonly exports: Readonly<Record<string, { readonly "@csat/source"?: string }>>;
    } = JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8"));
    return Object.entries(manifest.exports).flatMap(([entry, target]) => {
      const source = target["@csat/source"];
      if (source === undefined) return [];
      return [{ entry: `${manifest.name}${entry.slice(1)}`, path: join(root, "packages", folder, source) }];
    });
  });
}

/** The doc comment of a symbol as text, its tags left out; empty without one. */
export function docOf({ checker }: PackageTypes, symbol: ts.Symbol): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
}

/** Words of a union of texts, e.g. of `CsatErrorCode`; one that ends in any text ends in `<name>` here. @throws when the type is not exported or is no such union */
export function wordsOf({ checker, exports }: PackageTypes, name: string): readonly string[] {
  const found = exports.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`No package exports ${name}.`);
  const type = checker.getDeclaredTypeOfSymbol(found.symbol);
  const words = (type.isUnion() ? type.types : [type]).map((part) =>
    part.isStringLiteral() ? part.value : beginningOf(checker.typeToString(part)),
  );
  if (words.includes(null)) throw new Error(`${name} is no union of texts.`);
  return words.filter((word) => word !== null);
}

function beginningOf(template: string): string | null {
  const beginning = /^`([^$`]+)\$\{string\}`$/.exec(template)?.[1];
  return beginning === undefined ? null : `${beginning}<name>`;
}

/** Members of an exported interface, or of every part of a union of objects. */
export function membersOf({ checker, exports }: PackageTypes, name: string): readonly ts.Symbol[] {
  const found = exports.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`No package exports ${name}.`);
  return checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(found.symbol));
}
