import type { TestProjectConfiguration } from "vitest/config";

// Workspace packages resolve to their sources: tests need no build.
const conditions = ["@csat/source", "module", "node", "development|production"];
const fromSource = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
};

/** What a project's tests need besides their folder. */
interface Needs {
  /** The tests use a real Postgres server: see `createTestDatabase` of @csat-internal/test-support. */
  readonly postgres: boolean;
}

const folders: readonly (readonly [name: string, folder: string, needs?: Needs])[] = [
  ["core", "packages/core"],
  ["memory", "packages/memory"],
  ["postgres", "packages/postgres", { postgres: true }],
  ["nodemailer", "packages/nodemailer"],
  ["http", "packages/http"],
  ["conformance", "packages/conformance"],
  ["quickstart", "examples/quickstart"],
  ["helpdesk", "examples/helpdesk", { postgres: true }],
  ["life", "tests", { postgres: true }],
];

/** One project per folder; `vitest --project core` runs one. */
const projects: TestProjectConfiguration[] = folders.map(([name, folder, needs]) => ({
  ...fromSource,
  test: {
    name,
    root: folder,
    include: ["{src,test}/**/*.test.ts"],
    // Files of a worker share their modules: loading them anew for each file took longer than the tests. No test
    // changes a module or the process for good.
    isolate: false,
    globalSetup: needs?.postgres
      ? [new URL("tests/support/src/postgres-setup.ts", import.meta.url).pathname]
      : [],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
}));

export default projects;
