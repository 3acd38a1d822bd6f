export { csatSchema } from "./csat-schema.ts";
export type { MysqlDatabase } from "./drivers.ts";
export type { DrizzleDatabase, DrizzleTx } from "./drizzle-handle.ts";
export type { Executor, MysqlExecutor, Statement } from "./executor.ts";
export { type DatabaseState, inspectDatabase } from "./inspect-database.ts";
export { type MigrateOptions, migrate } from "./migrate.ts";
export { type PrintOptions, printMigrations } from "./migrations.ts";
export type { Server } from "./naming.ts";
export { type MysqlStorageOptions, mysqlStorage } from "./storage.ts";
