import { undeclaredImports } from "./undeclared-imports.ts";

/** What a package is like before it is published, as far as its tarball shows. */
export interface Tarball {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Says what of a tarball is not fit to publish. Empty when all is well. */
export function unfitIn({ name, files }: Tarball): readonly string[] {
  const text = files.get("package.json") ?? "{}";
  const manifest: Fields = JSON.parse(text);
  const exported = fieldsOf(manifest.exports);
  return [
    ...absentFields(manifest),
    ...["README.md", "LICENSE"].filter((file) => !files.has(file)).map((file) => `${file} is not in it.`),
    ...strayFiles([...files.keys()], Object.keys(exported)),
    ...undeclaredImports({
      name,
      files,
      declared: new Set(
        Object.keys({ ...fieldsOf(manifest.dependencies), ...fieldsOf(manifest.peerDependencies) }),
      ),
    }),
    ...Object.entries(exported).flatMap(([entry, target]) => wrongEntry({ entry, target, files })),
    ...Object.keys(exported).flatMap((entry) => unlikeWithoutExports({ entry, manifest, files })),
    ...Object.values(fieldsOf(manifest.bin)).flatMap((path) => wrongBinary(path, files)),
    ...(/"(workspace|catalog):/.test(text)
      ? ["A dependency names the workspace, which hosts do not have."]
      : []),
    ...(JSON.stringify(exported).includes("@csat/source")
      ? ["A condition leads to sources that are not in it."]
      : []),
    ...(files.get("README.md")?.startsWith(`# ${name}\n`)
      ? []
      : [`README.md does not begin with # ${name}.`]),
  ];
}

const needed =
  "name version description license author type homepage bugs repository keywords engines sideEffects files main module types exports";

function absentFields(manifest: Fields): readonly string[] {
  return needed
    .split(" ")
    .filter((field) => manifest[field] === undefined || manifest[field] === "")
    .map((field) => `package.json has no ${field}.`);
}

function strayFiles(paths: readonly string[], entries: readonly string[]): readonly string[] {
  const wanted =
    /^(dist\/.+\.(c?js|d\.c?ts)|dist\/bundled-packages\.txt|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
  const signposts = entries.map((entry) => `${entry.slice(2)}/package.json`);
  return (
    paths
      // A template is what hosts copy, whole.
      .filter((path) => !path.startsWith("template/") && !signposts.includes(path))
      .filter((path) => !wanted.test(path))
      .map((path) => `${path} is nothing that hosts need.`)
  );
}

// What `import` finds, and what `require` finds: each with types of its own.
const extensions = { import: ["d.ts", "js"], require: ["d.cts", "cjs"] } as const;

function wrongEntry({
  entry,
  target,
  files,
}: {
  readonly entry: string;
  readonly target: unknown;
  readonly files: ReadonlyMap<string, string>;
}): readonly string[] {
  const conditions = fieldsOf(target);
  const others = Object.keys(conditions).filter((condition) => !(condition in extensions));
  return [
    ...others.map((condition) => `The entry ${entry} has a condition ${condition}.`),
    ...Object.entries(extensions).flatMap(([condition, [types, code]]) => {
      const found = Object.entries(fieldsOf(conditions[condition]));
      const base = `./dist/${fileOf(entry)}`;
      const wanted = [
        ["types", `${base}.${types}`],
        ["default", `${base}.${code}`],
      ] as const;
      return [
        // The first that fits counts: types behind the code are never looked at.
        ...(JSON.stringify(found) === JSON.stringify(wanted)
          ? []
          : [`The entry ${entry} does not give ${condition} its types, then its code.`]),
        ...absentPaths(
          wanted.map(([, path]) => path),
          { of: `The entry ${entry}`, files },
        ),
      ];
    }),
  ];
}

/**
 * Where `exports` is unknown (TypeScript's node10, Jest before 28), the package itself is found by `main` and `types`, and
 * an entry below it by a folder with a package.json of its own and by `typesVersions`.
 */
function unlikeWithoutExports({
  entry,
  manifest,
  files,
}: {
  readonly entry: string;
  readonly manifest: Fields;
  readonly files: ReadonlyMap<string, string>;
}): readonly string[] {
  const file = fileOf(entry);
  const isWhole = entry === ".";
  const found: Fields = isWhole ? manifest : JSON.parse(files.get(`${file}/package.json`) ?? "{}");
  const dist = isWhole ? "./dist" : "../dist";
  const wanted = {
    main: `${dist}/${file}.cjs`,
    module: `${dist}/${file}.js`,
    types: `${dist}/${file}.d.cts`,
  };
  const versions = fieldsOf(fieldsOf(manifest.typesVersions)["*"]);
  return [
    ...Object.entries(wanted)
      .filter(([field, path]) => found[field] !== path)
      .map(([field, path]) => `${isWhole ? "" : `${file}/`}package.json does not say ${field}: ${path}.`),
    ...(isWhole || JSON.stringify(versions[file]) === JSON.stringify([`./dist/${file}.d.cts`])
      ? []
      : [`typesVersions does not lead to the types of ${entry}.`]),
  ];
}

function fileOf(entry: string): string {
  return entry === "." ? "index" : entry.slice(2);
}

function absentPaths(
  paths: readonly string[],
  { of, files }: { readonly of: string; readonly files: ReadonlyMap<string, string> },
): readonly string[] {
  return paths
    .filter((path) => !files.has(path.replace("./", "")))
    .map((path) => `${of} leads to ${path}, which is not in it.`);
}

function wrongBinary(path: unknown, files: ReadonlyMap<string, string>): readonly string[] {
  const text = files.get(String(path).replace("./", ""));
  return text?.startsWith("#!/usr/bin/env node\n") ? [] : [`${path} does not begin as a program for Node.`];
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
