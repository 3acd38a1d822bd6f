export { csatSchema } from "./csat-schema.ts";
export type { PostgresDatabase } from "./drivers.ts";
export type { DrizzleDatabase, DrizzleTx } from "./drizzle-handle.ts";
export type { Executor, PostgresExecutor, Statement } from "./executor.ts";
export { type DatabaseState, inspectDatabase } from "./inspect-database.ts";
export { type MigrateOptions, migrate } from "./migrate.ts";
export { printMigrations } from "./migrations.ts";
export { type PostgresStorageOptions, postgresStorage } from "./storage.ts";
