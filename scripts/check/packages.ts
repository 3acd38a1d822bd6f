// Packs every package as it would be published, and checks the tarballs: manifest (publint), types as other projects
// resolve them (attw), and that each entry loads in plain Node. Needs a build.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "csat-pack-"));
let broken = 0;
try {
  execFileSync("pnpm", ["-r", "--filter", "./packages/*", "pack", "--pack-destination", folder], {
    stdio: "ignore",
  });
  for (const tarball of readdirSync(folder)) {
    run(tarball, "publint", ["--strict", join(folder, tarball)]);
    run(tarball, "attw", ["--profile", "esm-only", "--no-emoji", "--format", "ascii", join(folder, tarball)]);
  }
  for (const name of readdirSync("packages")) loadEntries(join("packages", name));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(broken === 0 ? 0 : 1);

function run(subject: string, command: string, args: readonly string[], cwd = "."): void {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", cwd });
  console.log(`${status === 0 ? "ok    " : "BROKEN"} ${command.split("/").at(-1)} ${subject}`);
  if (status === 0) return;
  broken++;
  console.log(`${stdout}${stderr}`);
}

function loadEntries(packageFolder: string): void {
  const manifest: { readonly name: string; readonly exports: Readonly<Record<string, unknown>> } = JSON.parse(
    readFileSync(join(packageFolder, "package.json"), "utf8"),
  );
  for (const entry of Object.keys(manifest.exports)) {
    const specifier = `${manifest.name}${entry.slice(1)}`;
    const code = `const all = await import(${JSON.stringify(specifier)}); if (Object.keys(all).length === 0) throw new Error("It exports nothing.");`;
    run(specifier, process.execPath, ["--input-type=module", "--eval", code], packageFolder);
  }
}
