import type { TestProjectConfiguration } from "vitest/config";

// Workspace packages resolve to their sources: tests need no build.
const conditions = ["@csat/source", "module", "node", "development|production"];
const fromSource = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
};

/** One project per folder; `vitest --project core` runs one. */
const projects: TestProjectConfiguration[] = [
  ["core", "packages/core"],
  ["memory", "packages/memory"],
  ["postgres", "packages/postgres"],
  ["nodemailer", "packages/nodemailer"],
  ["http", "packages/http"],
  ["conformance", "packages/conformance"],
  ["quickstart", "examples/quickstart"],
  ["helpdesk", "examples/helpdesk"],
  ["life", "tests"],
].map(([name, folder]) => ({
  ...fromSource,
  test: {
    name: `${name}`,
    root: `${folder}`,
    include: ["{src,test}/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
}));

export default projects;
