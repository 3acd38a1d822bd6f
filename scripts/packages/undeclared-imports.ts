import { isBuiltin } from "node:module";
import ts from "typescript";

/** The imports of a package's own code, its types included, that a host may not have. */
export function undeclaredImports({
  name,
  files,
  declared,
}: {
  /** The package's own name, by which it may import itself. */
  readonly name: string;
  /** By their paths in the package. */
  readonly files: ReadonlyMap<string, string>;
  /** Names of its dependencies and peers. */
  readonly declared: ReadonlySet<string>;
}): readonly string[] {
  return [...files]
    .filter(([path]) => /^dist\/.+\.[cm]?[jt]s$/.test(path))
    .flatMap(([path, text]) =>
      packagesIn(text)
        .filter((imported) => imported !== name && !declared.has(imported) && !isBuiltin(imported))
        .map((imported) => `${path} imports ${imported}, which the package does not name as a dependency.`),
    );
}

function packagesIn(text: string): readonly string[] {
  const specifiers = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const packages = specifiers
    .filter((specifier) => !specifier.startsWith("."))
    .map((specifier) => (specifier.startsWith("node:") ? specifier : packageOf(specifier)));
  return [...new Set(packages)];
}

/** `@hono/node-server/conninfo` → `@hono/node-server`. */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
