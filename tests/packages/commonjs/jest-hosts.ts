import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { entryNames, type PackedPackage } from "../../../scripts/packages/packed-packages.ts";
import type { BareProject } from "../bare-project.ts";
import { expectedOutcome } from "./hosts.ts";

/** A host whose tests run under Jest, through ts-jest, in a project that compiles to CommonJS. */
export interface JestHost {
  readonly jest: string;
  readonly tsJest: string;
  readonly typescript: string;
  /** Lines of the Jest configuration beside the preset. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** Packages that this Jest cannot load, and the dependency of each that it stumbles over. */
  readonly without: Readonly<Record<string, string>>;
}

/** Jest 29 and 30 need the preset alone; what older ones lack is on the page docs/guides/commonjs.md. */
export const jestHosts: readonly JestHost[] = [
  { jest: "30", tsJest: "29", typescript: "5.9", configuration: {}, without: {} },
  { jest: "29", tsJest: "29", typescript: "4.9", configuration: {}, without: {} },
  {
    jest: "26",
    tsJest: "26",
    typescript: "4.9",
    configuration: {
      testEnvironment: "node",
      setupFiles: ["./jest.setup.js"],
      moduleNameMapper: { "^drizzle-orm/(.+)$": "drizzle-orm/$1/index.cjs" },
    },
    // They import node:events and the like, which this Jest takes for files.
    without: { "@csat/bullmq": "bullmq", "@csat/nodemailer": "nodemailer", "@csat/webhooks": "undici" },
  },
];

/** What the host installs beside the packages and their peers. */
export function jestTools({ jest, tsJest, typescript }: JestHost): readonly string[] {
  const types = ["@types/node@18", "@types/pg", `@types/jest@${jest}`];
  return [`jest@${jest}`, `ts-jest@${tsJest}`, `typescript@${typescript}`, ...types];
}

/**
 * Runs one survey, and an import of every entry, as tests of the host. Its tsconfig.json is what `tsc --init` writes.
 * `setupFile` is the one that the page shows for a Jest whose tests see no web standards.
 */
export async function runJestHost(
  project: BareProject,
  {
    host,
    packages,
    setupFile,
  }: {
    readonly host: JestHost;
    readonly packages: readonly PackedPackage[];
    readonly setupFile: string;
  },
): Promise<void> {
  const entries = packages.filter(({ name }) => host.without[name] === undefined).flatMap(entryNames);
  const survey = readFileSync(join(import.meta.dirname, "one-survey.ts"), "utf8");
  const imports = entries.map((entry, index) => `import * as entry${index} from "${entry}";`);
  const loaded = entries.map((_, index) => `expect(Object.keys(entry${index})).not.toEqual([]);`);
  project.write({
    "jest.config.js": `module.exports = ${JSON.stringify({ preset: "ts-jest", ...host.configuration })};\n`,
    "jest.setup.js": setupFile,
    // Jest 26 takes node:events for a file.
    "one-survey.ts": survey.replaceAll('from "node:', 'from "'),
    "survey.test.ts": `${imports.join("\n")}
import { oneSurvey } from "./one-survey";
test("every entry is loaded", () => { ${loaded.join(" ")} });
test("one survey", async () => { expect(await oneSurvey()).toBe(${JSON.stringify(expectedOutcome)}); });
`,
  });
  await project.run("npx", ["--no-install", "tsc", "--init"]);
  const said = await project.run("npx", ["--no-install", "jest"]);
  assert.match(said, /^Tests: +2 passed, 2 total$/m);
}
