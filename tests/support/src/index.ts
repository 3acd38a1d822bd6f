export { type ChromiumMachine, chooseChromium } from "./chromium/choose-chromium.ts";
export { chromiumFlags, findChromium } from "./chromium/find-chromium.ts";
export {
  createTestDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from "./create-test-database.ts";
export { createTestPglite } from "./create-test-pglite.ts";
export { findPromtool } from "./find-promtool.ts";
export { createTestMysql } from "./mysql/create-test-mysql.ts";
export { type PrivateMysql, startPrivateMysql } from "./mysql/private-mysql.ts";
export { type PrivatePgbouncer, startPrivatePgbouncer } from "./pgbouncer/private-pgbouncer.ts";
export type { PrivateServer } from "./postgres/private-server.ts";
export { startPrivatePostgres, type TestPostgres } from "./postgres/test-postgres.ts";
export { describeWithRedis } from "./redis/describe-with-redis.ts";
export { withoutRedis } from "./redis/find-redis.ts";
export { type PrivateCluster, startPrivateCluster } from "./redis/private-cluster.ts";
export { type PrivateRedis, startPrivateRedis } from "./redis/private-redis.ts";
export { startPrivateSentinel } from "./redis/private-sentinel.ts";
export { sized } from "./sized.ts";
