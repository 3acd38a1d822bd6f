export {
  createTestDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from "./create-test-database.ts";
export type { TestPostgres } from "./postgres/test-postgres.ts";
