import type { TestProject } from "vitest/node";
import { withoutRedis } from "./redis/find-redis.ts";
import { type PrivateRedis, startPrivateRedis } from "./redis/private-redis.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The Redis server of this test run, shared by its projects: use a prefix of your own. Null: skipped on request. */
    redisUrl: string | null;
  }
}

interface SharedServer {
  readonly started: Promise<PrivateRedis>;
  users: number;
}

// Each vitest project loads this file anew; what they share must outlive the module.
const key = Symbol.for("csat.test-redis");
// The symbol is ours alone, so nothing else can have put another type there.
const shared = globalThis as { [key]?: SharedServer };

/** Vitest global setup: gives the projects that list it one Redis server, which ends with the last of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const reason = withoutRedis();
  if (reason !== null) {
    console.log(`Tests that need Redis are skipped in ${project.name}: ${reason}`);
    project.provide("redisUrl", null);
    return async () => {};
  }
  shared[key] ??= { started: announce(startPrivateRedis()), users: 0 };
  const server = shared[key];
  server.users++;
  const { url, stop } = await server.started;
  project.provide("redisUrl", url);
  return async () => {
    server.users--;
    if (server.users > 0) return;
    delete shared[key];
    await stop();
  };
}

async function announce(started: Promise<PrivateRedis>): Promise<PrivateRedis> {
  const server = await started;
  console.log(`Redis for tests: a private server, ${server.origin}`);
  return server;
}
