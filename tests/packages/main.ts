// Installs the packed packages into bare projects with npm, and uses them there as a host does: `npm run test:packages`.
// A word behind `--` picks the parts whose titles hold it: cli, sample, quickstart, types.
import { type PackedPackage, packedPackages } from "../../scripts/packages/packed-packages.ts";
import { type BareProject, type Workbench, workbench } from "./bare-project.ts";
import { checkCommand } from "./command-line.ts";
import { printedSteps } from "./progress.ts";
import { followQuickstart } from "./quickstart/follow-quickstart.ts";
import { runReadmeSample, samplePackages } from "./readme-sample.ts";
import { startRegistry } from "./registry.ts";
import {
  compilerName,
  compilerVersion,
  compilerVersions,
  resolutions,
  typeCheck,
  writeTypedFiles,
} from "./type-check.ts";

// Whoever is stopped takes along what it started and made: both hang on the event "exit".
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
const { step, end } = printedSteps();
const [wanted = ""] = process.argv.slice(2).filter((word) => word !== "--");
const packages = await step("every package is built and packed", packedPackages);
if (packages !== null) {
  const registry = await startRegistry(packages, `${process.pid}-${Date.now()}`);
  const bench = workbench(registry);
  const parts: Readonly<Record<string, () => Promise<unknown>>> = {
    cli: () => useCommand(packages, bench),
    sample: () => useSample(bench),
    quickstart: () => useQuickstart(bench),
    types: () => useTypes(packages, bench),
  };
  for (const [name, run] of Object.entries(parts)) if (name.includes(wanted)) await run();
  bench.remove();
  await registry.close();
}
process.exit(end() ? 0 : 1);

async function useCommand(all: readonly PackedPackage[], bench: Workbench): Promise<void> {
  await step("npx csat works where @csat/cli alone is installed", async () => {
    const project = await withPackages(bench.project("cli"), ["@csat/cli"]);
    await checkCommand(project, all.find(({ name }) => name === "@csat/cli")?.version ?? "");
  });
}

async function useSample(bench: Workbench): Promise<void> {
  for (const type of ["module", "commonjs"] as const) {
    const how = type === "module" ? "import" : "require";
    await step(`the README's sample runs by ${how}: a mail arrives, an answer is stored`, async () => {
      const compiler = [`typescript@${compilerVersions.at(-1)}`, "@types/node@20", "@types/pg"];
      const project = await withPackages(bench.project(how), [...samplePackages, ...compiler]);
      await runReadmeSample(project, type);
    });
  }
}

async function useQuickstart(bench: Workbench): Promise<void> {
  await step("docs/quickstart.md, word for word, ends in an answered survey", () =>
    followQuickstart(bench.project("quickstart")),
  );
}

async function useTypes(all: readonly PackedPackage[], bench: Workbench): Promise<void> {
  const project = await step("every package installs beside its peers", async () => {
    const peers = ["bullmq", "ioredis", "nodemailer", "@opentelemetry/api", "drizzle-orm", "pg"];
    const compilers = compilerVersions.map((version) => `${compilerName(version)}@npm:typescript@${version}`);
    const names = [...all.map(({ name }) => name), ...peers, "@types/node@20", "@types/pg", ...compilers];
    return await withPackages(bench.project("types"), names);
  });
  if (project === null) return;
  writeTypedFiles(project, all);
  for (const version of compilerVersions) {
    // Two at a time: a compiler has one thread, and CI two processors.
    await Promise.all(
      resolutions.map((resolution) =>
        step(`TypeScript ${compilerVersion(project, version)} takes our types, ${resolution}`, async () => {
          const { ours, foreign } = await typeCheck(project, { version, resolution });
          const others = [...foreign].map(([name, count]) => `${name} ${count}`);
          if (others.length > 0)
            console.log(`        errors in declarations that are not ours: ${others.join(", ")}`);
          if (ours.length > 0) throw new Error(ours.join("\n"));
        }),
      ),
    );
  }
}

async function withPackages(project: BareProject, names: readonly string[]): Promise<BareProject> {
  await project.run("npm", ["init", "-y"]);
  await project.run("npm", ["pkg", "set", "type=module"]);
  await project.run("npm", ["install", "--save-exact", ...names], { timeoutMs: 600_000 });
  return project;
}
