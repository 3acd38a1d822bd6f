export { csatSchema } from "./csat-schema.ts";
export type { DrizzleDatabase, DrizzleTx } from "./drizzle-handle.ts";
export { type DatabaseState, inspectDatabase } from "./inspect-database.ts";
export { type MigrateOptions, migrate } from "./migrate.ts";
export { printCountingTriggers, printMigrations } from "./migrations.ts";
export { type PostgresStorageOptions, postgresStorage } from "./storage.ts";
