import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startPrivateMysql, startPrivatePostgres } from "@csat-internal/test-support";
import { createConnection } from "mysql2/promise";
import type { BareProject } from "../bare-project.ts";

/** A helpdesk as others write theirs, rebuilt small: nothing of it knows of surveys but one file. */
export interface Desk {
  readonly title: string;
  /** Its folder, beside this file. */
  readonly folder: string;
  readonly packages: readonly string[];
  /** Starts the server of its database. */
  readonly startDatabase: () => Promise<{ readonly url: string; stop(): Promise<unknown> }>;
  /** The compiler's settings, as such a helpdesk has them; none is there for CSAT. */
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  readonly jest: Readonly<Record<string, unknown>>;
  /** Most lines of `csat.ts`, at 120 columns. */
  readonly glue: number;
  /** What its story comes to (S57, S80). */
  readonly expected: string;
}

const words = (text: string) => text.trim().split(/\s+/);

// S57, S80: what was rolled back left nothing, one message went to the number as the desk wrote it, and one answer stands.
const expected = "refused, 0 entries; closed 200; to +55 11 5555 0100; answered 201, rating 5";

/** Every desk that is tried. */
export const desks: readonly Desk[] = [
  {
    title: "Express 4, Sequelize 6, Postgres, TypeScript 5.9 under node10",
    folder: "sequelize-6",
    packages: words(
      `@csat/core @csat/http @csat/memory @csat/postgres drizzle-orm pg @types/pg express@4 @types/express@4 sequelize@6
      @types/node@20 typescript@5.9 jest@30 ts-jest@29 @types/jest@30`,
    ),
    startDatabase: startPrivatePostgres,
    compilerOptions: {
      target: "es2020",
      module: "commonjs",
      moduleResolution: "node10",
      outDir: "./dist",
      strict: true,
      strictPropertyInitialization: false,
      esModuleInterop: true,
      forceConsistentCasingInFileNames: true,
      skipLibCheck: true,
    },
    jest: { preset: "ts-jest", testPathIgnorePatterns: ["dist"] },
    glue: 70,
    expected,
  },
  {
    title: "Express 4, Sequelize 5, MySQL, TypeScript 4.9",
    folder: "sequelize-5",
    packages: words(
      `@csat/core @csat/http @csat/memory @csat/mysql drizzle-orm mysql2 express@4 @types/express@4 sequelize@5
      @types/node@18 @types/bluebird @types/validator@10 typescript@4.9 jest@26 ts-jest@26 @types/jest@26`,
    ),
    startDatabase: async () => {
      const server = await startPrivateMysql();
      const admin = await createConnection(server.url);
      await admin.query("create database desk character set utf8mb4");
      await admin.end();
      return { url: `${server.url}/desk`, stop: server.stop };
    },
    compilerOptions: {
      target: "es6",
      module: "commonjs",
      outDir: "./dist",
      strict: true,
      strictPropertyInitialization: false,
      esModuleInterop: true,
      skipLibCheck: true,
      forceConsistentCasingInFileNames: true,
    },
    // What docs/guides/commonjs.md says of a Jest before 29.
    jest: {
      preset: "ts-jest",
      testEnvironment: "node",
      setupFiles: ["./jest.setup.js"],
      testPathIgnorePatterns: ["dist", "node_modules"],
      moduleNameMapper: { "^drizzle-orm/(.+)$": "drizzle-orm/$1/index.cjs" },
    },
    glue: 70,
    expected,
  },
];

/** Installs the packages and the desk's own, compiles it, and lets its story happen: by plain Node, then under its Jest. */
export async function runDesk(project: BareProject, desk: Desk, setupFile: string): Promise<void> {
  const folder = join(import.meta.dirname, desk.folder);
  const lines = readFileSync(join(folder, "csat.ts"), "utf8").trimEnd().split("\n");
  assert.ok(lines.length <= desk.glue, `The glue is ${lines.length} lines long, of ${desk.glue} at most.`);
  assert.deepEqual(
    lines.filter((line) => line.length > 120),
    [],
  );
  await project.run("npm", ["init", "-y"]);
  await project.run("npm", ["pkg", "set", "type=commonjs"]);
  await project.run("npm", ["install", "--save-exact", ...desk.packages], { timeoutMs: 600_000 });
  for (const file of readdirSync(folder)) project.copyIn(join(folder, file), file);
  project.write({
    "tsconfig.json": JSON.stringify({ compilerOptions: desk.compilerOptions }),
    "jest.config.js": `module.exports = ${JSON.stringify(desk.jest)};\n`,
    "jest.setup.js": setupFile,
    "main.js": 'require("./dist/story").story(process.env.DESK_DATABASE_URL).then(console.log);\n',
  });
  await project.run("npx", ["--no-install", "tsc"]);
  const database = await desk.startDatabase();
  try {
    Object.assign(project.environment, {
      DESK_DATABASE_URL: database.url,
      DESK_EXPECTED: desk.expected,
    });
    assert.equal((await project.run(process.execPath, ["main.js"])).trim(), desk.expected);
    const said = await project.run("npx", ["--no-install", "jest"]);
    assert.match(said, /^Tests: +1 passed, 1 total$/m);
  } finally {
    await database.stop();
  }
}
