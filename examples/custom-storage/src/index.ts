export { migrate } from "./migrate.ts";
export { openSqlite, type Sqlite, type Transaction } from "./open-sqlite.ts";
export { sqliteStorage } from "./storage.ts";
