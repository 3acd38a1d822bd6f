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
  const exported = isFields(manifest.exports) ? manifest.exports : {};
  return [
    ...absentFields(manifest),
    ...["README.md", "LICENSE"].filter((file) => !files.has(file)).map((file) => `${file} is not in it.`),
    ...strayFiles([...files.keys()]),
    ...Object.entries(exported).flatMap(([entry, target]) => wrongEntry({ entry, target, files })),
    ...Object.values(isFields(manifest.bin) ? manifest.bin : {}).flatMap((path) => wrongBinary(path, files)),
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
  "name version description license author type homepage bugs repository keywords engines sideEffects files exports";

function absentFields(manifest: Fields): readonly string[] {
  return needed
    .split(" ")
    .filter((field) => manifest[field] === undefined || manifest[field] === "")
    .map((field) => `package.json has no ${field}.`);
}

function strayFiles(paths: readonly string[]): readonly string[] {
  return (
    paths
      // A template is what hosts copy, whole.
      .filter((path) => !path.startsWith("template/"))
      .filter((path) => !/^(dist\/.+\.(js|d\.ts)|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(path))
      .map((path) => `${path} is nothing that hosts need.`)
  );
}

function wrongEntry({
  entry,
  target,
  files,
}: {
  readonly entry: string;
  readonly target: unknown;
  readonly files: ReadonlyMap<string, string>;
}): readonly string[] {
  if (!isFields(target)) return [`The entry ${entry} has no conditions.`];
  const [first] = Object.keys(target);
  return [
    ...(first === "types" ? [] : [`The entry ${entry} does not begin with types.`]),
    ...Object.values(target)
      .filter((path) => !files.has(String(path).replace("./", "")))
      .map((path) => `The entry ${entry} leads to ${path}, which is not in it.`),
  ];
}

function wrongBinary(path: unknown, files: ReadonlyMap<string, string>): readonly string[] {
  const text = files.get(String(path).replace("./", ""));
  return text?.startsWith("#!/usr/bin/env node\n") ? [] : [`${path} does not begin as a program for Node.`];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
