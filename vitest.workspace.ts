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
  readonly postgres?: true;
  /** The tests use a real MySQL or MariaDB: see `createTestMysql` of @csat-internal/test-support. */
  readonly mysql?: true;
  /** The tests use a real Redis server: `inject("redisUrl")`, null when Redis is to be skipped. */
  readonly redis?: true;
  /** The tests start worker processes: see tests/failures/world/worker-process.ts. */
  readonly worker?: true;
  /** The tests drive a browser: `inject("chromiumPath")`. */
  readonly chromium?: true;
  /** Each test file runs in a process of its own: frameworks change globals for good. */
  readonly ownProcess?: true;
  /** Run when named, as `npm run test:examples` does: what pages and examples promise, frameworks' builds included. */
  readonly apart?: true;
}

const setups = {
  postgres: "tests/support/src/postgres-setup.ts",
  mysql: "tests/support/src/mysql-setup.ts",
  redis: "tests/support/src/redis-setup.ts",
  worker: "tests/failures/world/bundle-worker.ts",
  chromium: "tests/support/src/chromium-setup.ts",
};

const folders: readonly (readonly [name: string, folder: string, needs?: Needs])[] = [
  ["core", "packages/core"],
  ["memory", "packages/memory"],
  ["postgres", "packages/postgres", { postgres: true }],
  ["mysql", "packages/mysql", { mysql: true }],
  ["bullmq", "packages/bullmq", { redis: true }],
  ["nodemailer", "packages/nodemailer"],
  ["mail-reports", "packages/mail-reports"],
  ["webhooks", "packages/webhooks"],
  ["http", "packages/http"],
  ["ui", "packages/ui"],
  ["opentelemetry", "packages/opentelemetry"],
  ["conformance", "packages/conformance"],
  ["cli", "packages/cli", { postgres: true, redis: true }],
  ["quickstart", "examples/quickstart", { postgres: true, mysql: true, apart: true }],
  ["helpdesk", "examples/helpdesk", { postgres: true, mysql: true, redis: true, apart: true }],
  ["production", "examples/production", { apart: true }],
  ["custom-storage", "examples/custom-storage", { apart: true }],
  ["chat-desk", "examples/chat-desk", { apart: true }],
  ["own-mail", "examples/own-mail", { postgres: true, apart: true }],
  ["mounting", "tests/mounting", { ownProcess: true, apart: true }],
  ["host-transactions", "tests/host-transactions", { postgres: true, mysql: true, apart: true }],
  ["express-kysely", "examples/express-kysely", { postgres: true, apart: true }],
  ["life", "tests", { postgres: true, mysql: true, redis: true }],
  ["embedding", "tests/browser/embedding", { chromium: true, apart: true }],
  ["docs", "tests/docs", { apart: true }],
  ["failures", "tests/failures", { postgres: true, mysql: true, redis: true, worker: true }],
  ["browser", "tests/browser", { postgres: true, chromium: true }],
];

// The same cases through one more driver: `npm run test:full` has them.
const atFullSize = ["**/conformance-drizzle.test.ts", "**/conformance-node-postgres.test.ts"];

const hangsAfterMs = 900_000;
/** How long `expect.poll` looks at what does not come. */
const nothingMovedMs = 60_000;

const isNamed = process.argv.some((word) => word.startsWith("--project"));
const chosen = folders.filter(([, , needs]) => isNamed || needs?.apart !== true);

/** One project per folder; `vitest --project core` runs one. */
const projects: TestProjectConfiguration[] = chosen.map(([name, folder, needs]) => ({
  ...fromSource,
  test: {
    name,
    root: folder,
    include: ["{src,test}/**/*.test.ts", "*.test.ts"],
    exclude: ["**/node_modules/**", ...(process.env.CSAT_TEST_SIZE === "full" ? [] : atFullSize)],
    // Files of a worker share their modules: loading them anew for each file took longer than the tests. No other test
    // changes a module or the process for good.
    isolate: needs?.ownProcess === true,
    globalSetup: [
      ...(needs?.postgres ? [setupFile(setups.postgres)] : []),
      ...(needs?.mysql ? [setupFile(setups.mysql)] : []),
      ...(needs?.redis ? [setupFile(setups.redis)] : []),
      ...(needs?.worker ? [setupFile(setups.worker)] : []),
      ...(needs?.chromium ? [setupFile(setups.chromium)] : []),
    ],
    // A mistake in a rule shows in seconds, before any server is started for it.
    sequence: { groupOrder: Object.keys(needs ?? {}).length === 0 ? 0 : 1 },
    // Ends what hangs, on a machine of any speed; no test is to be fast. Those with workers wait for progress: see
    // tests/failures/world/wait.ts.
    testTimeout: needs?.worker ? 4 * hangsAfterMs : hangsAfterMs,
    hookTimeout: hangsAfterMs,
    expect: { poll: { timeout: nothingMovedMs, interval: 20 } },
  },
}));

function setupFile(path: string): string {
  return new URL(path, import.meta.url).pathname;
}

export default projects;
