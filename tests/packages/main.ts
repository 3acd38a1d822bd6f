// Installs the packed packages into bare projects with npm, and uses them there as a host does: `npm run test:packages`.
// A word behind `--` picks the parts whose names hold it: cli, sample, quickstart, newcomer, desks, types.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type PackedPackage, packedPackages } from "../../scripts/packages/packed-packages.ts";
import { root } from "../../scripts/packages/root.ts";
import { type BareProject, type Workbench, workbench } from "./bare-project.ts";
import { checkCommand } from "./command-line.ts";
import {
  type CommonJsHost,
  commonJsHosts,
  expectedOutcome,
  hostTools,
  runCommonJsHost,
  writeHost,
} from "./commonjs/hosts.ts";
import { type JestHost, jestHosts, jestTools, runJestHost } from "./commonjs/jest-hosts.ts";
import { desks, runDesk } from "./desks/desks.ts";
import { followGuide } from "./newcomer/follow-guide.ts";
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

const peers = ["bullmq", "ioredis", "nodemailer", "@opentelemetry/api", "drizzle-orm", "pg"];
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
    commonjs: () => useCommonJs(packages, bench),
    jest: () => useJest(packages, bench),
    desks: () => useDesks(bench),
    quickstart: () => useQuickstart(bench),
    newcomer: () => useGuide(bench),
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

async function useCommonJs(all: readonly PackedPackage[], bench: Workbench): Promise<void> {
  const project = await step("every package installs in a CommonJS host", () =>
    withPackages(
      bench.project("commonjs"),
      [...all.map(({ name }) => name), ...peers, ...hostTools],
      "commonjs",
    ),
  );
  if (project === null) return;
  writeHost(project, all);
  // Two at a time: a compiler has one thread, and CI two processors.
  for (let at = 0; at < commonJsHosts.length; at += 2) {
    await Promise.all(commonJsHosts.slice(at, at + 2).map((host) => useOneHost(project, host)));
  }
}

async function useOneHost(project: BareProject, host: CommonJsHost): Promise<void> {
  const { version, moduleResolution, module, refusedWith } = host;
  const title = `TypeScript ${compilerVersion(project, version)}, ${moduleResolution}, ${module}`;
  if (refusedWith !== undefined) {
    await step(`${title}: a setting that this compiler does not have (${refusedWith})`, () =>
      runCommonJsHost(project, host),
    );
    return;
  }
  await step(`${title}: a CommonJS host compiles, and a survey is answered in it`, async () => {
    assert.equal((await runCommonJsHost(project, host)).trim(), expectedOutcome);
  });
}

async function useJest(all: readonly PackedPackage[], bench: Workbench): Promise<void> {
  const setupFile = jestSetupFile();
  for (const host of jestHosts) await step(titleOf(host), () => useOneJest(host));

  async function useOneJest(host: JestHost): Promise<void> {
    const names = [...all.map(({ name }) => name), ...peers, ...jestTools(host)];
    const project = await withPackages(bench.project(`jest-${host.jest}`), names, "commonjs");
    await runJestHost(project, { host, packages: all, setupFile });
  }
}

/** What the page shows for a Jest whose tests see no web standards. */
function jestSetupFile(): string {
  const page = readFileSync(join(root, "docs/guides/commonjs.md"), "utf8");
  return /^```js\n\/\/ jest\.setup\.js\n(.*?)^```/ms.exec(page)?.[1] ?? "";
}

async function useDesks(bench: Workbench): Promise<void> {
  for (const desk of desks) {
    await step(
      `${desk.title}: its glue fits, it compiles, and a closed ticket is answered, also under Jest`,
      () => runDesk(bench.project(desk.folder), desk, jestSetupFile()),
    );
  }
}

function titleOf({ jest, tsJest, typescript, configuration, without }: JestHost): string {
  const lines = Object.keys(configuration);
  const beside = lines.length === 0 ? "the preset alone" : `the preset, ${lines.join(" and ")}`;
  const left = Object.entries(without).map(([name, stone]) => `, not ${name} (${stone} names node: modules)`);
  return `Jest ${jest}, ts-jest ${tsJest}, TypeScript ${typescript}: a survey is answered with ${beside}${left.join("")}`;
}

async function useQuickstart(bench: Workbench): Promise<void> {
  await step("docs/quickstart.md, word for word, ends in an answered survey", () =>
    followQuickstart(bench.project("quickstart")),
  );
}

async function useGuide(bench: Workbench): Promise<void> {
  await step("docs/guides/express-and-sequelize.md, word for word, ends in an answered survey", () =>
    followGuide(bench.project("newcomer")),
  );
}

async function useTypes(all: readonly PackedPackage[], bench: Workbench): Promise<void> {
  const project = await step("every package installs beside its peers", async () => {
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

async function withPackages(
  project: BareProject,
  names: readonly string[],
  type: "module" | "commonjs" = "module",
): Promise<BareProject> {
  await project.run("npm", ["init", "-y"]);
  await project.run("npm", ["pkg", "set", `type=${type}`]);
  await project.run("npm", ["install", "--save-exact", ...names], { timeoutMs: 600_000 });
  return project;
}
