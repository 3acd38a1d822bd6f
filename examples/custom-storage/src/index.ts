export { migrate } from "./migrate.ts";
export { openSqlite, type Rows, type Sqlite } from "./open-sqlite.ts";
export { sqliteStorage } from "./storage.ts";
