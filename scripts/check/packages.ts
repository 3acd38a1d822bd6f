// Packs every package as it would be published, and checks the tarballs: what is in them, the manifest (publint), types
// as other projects resolve them (attw, in every profile), and that each entry loads in plain Node by import and require.
import { spawnSync } from "node:child_process";
import { type PackedPackage, packedPackages } from "../packages/packed-packages.ts";
import { readTarball } from "../packages/read-tarball.ts";
import { unfitIn } from "../packages/unfit-package.ts";

const withoutRequireOfModules = process.allowedNodeEnvironmentFlags.has("--experimental-require-module")
  ? ["--no-experimental-require-module"]
  : [];
let broken = 0;
for (const { name, tarball, folder } of packedPackages()) {
  const files = readTarball(tarball);
  report(`contents of ${name}`, unfitIn({ name, files }).join("\n"));
  run(`publint ${name}`, "publint", ["--strict", tarball]);
  run(`attw ${name}`, "attw", ["--profile", "strict", "--no-emoji", "--format", "ascii", tarball]);
  loadEntries({ name, folder }, JSON.parse(files.get("package.json") ?? "{}"));
}
process.exit(broken === 0 ? 0 : 1);

function run(subject: string, command: string, args: readonly string[], cwd = "."): void {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", cwd });
  report(subject, status === 0 ? "" : `${stdout}${stderr}`);
}

function report(subject: string, wrong: string): void {
  console.log(`${wrong === "" ? "ok    " : "BROKEN"} ${subject}`);
  if (wrong === "") return;
  broken++;
  console.log(wrong);
}

function loadEntries(
  { name, folder }: Pick<PackedPackage, "name" | "folder">,
  manifest: { readonly exports: Readonly<Record<string, unknown>> },
): void {
  for (const entry of Object.keys(manifest.exports)) {
    const specifier = `${name}${entry.slice(1)}`;
    const quoted = JSON.stringify(specifier);
    const check = `if (Object.keys(all).length === 0) throw new Error("It exports nothing.");`;
    const load = (type: string, code: string) => [`--input-type=${type}`, "--eval", `${code} ${check}`];
    run(
      `import ${specifier}`,
      process.execPath,
      load("module", `const all = await import(${quoted});`),
      folder,
    );
    run(
      `require ${specifier}`,
      process.execPath,
      // A file that only \`import\` may load must not pass because this Node can require it all the same.
      [...withoutRequireOfModules, ...load("commonjs", `const all = require(${quoted});`)],
      folder,
    );
  }
}
