import { type Logger, type Storage, type StorageOperations, safeLogger } from "@csat/core";
import { readBacklog } from "./backlog.ts";
import { checkDatabase, checkTransaction } from "./check-database.ts";
import { recount } from "./counts/recount.ts";
import type { DrizzleDatabase, DrizzleTx } from "./drizzle-handle.ts";
import { journalStore } from "./journal.ts";
import { maintain } from "./maintain.ts";
import { metricsReader } from "./metrics.ts";
import { outboxStore } from "./outbox.ts";
import { resolutionStore } from "./resolutions.ts";
import { responseStore } from "./responses.ts";
import { checkedSchemaName, defaultSchemaName } from "./schema-name.ts";
import { databaseSession, type Session, transactionSession } from "./session.ts";
import { settingsStore } from "./settings.ts";
import { surveyStore } from "./surveys.ts";
import { type TableNames, tableNames } from "./table-names.ts";

/** Where the tables are, `csat` by default, and who hears about trouble. */
export interface PostgresStorageOptions {
  /** The schema of our tables, as `migrate` was told. */
  readonly schema?: string;
  /** Told once when the default isolation of the database is stricter than READ COMMITTED. */
  readonly logger?: Logger;
}

/**
 * Storage in Postgres 14 or newer, through the host's drizzle database: node-postgres, postgres.js or PGlite. The host's
 * transactions are joined by `{ tx }`. Create the tables first, with `migrate` or by yourself.
 *
 * Own transactions are READ COMMITTED. In a host transaction at a stricter level Postgres may raise 40001, as for any
 * other statement: it arrives as `storage_failed` with `cause.code`, and the host repeats its transaction.
 * @throws CsatError `invalid_config`
 */
export function postgresStorage(
  db: DrizzleDatabase,
  options: PostgresStorageOptions = {},
): Storage<DrizzleTx> {
  checkDatabase(db);
  const schema = checkedSchemaName(options.schema ?? defaultSchemaName);
  const tables = tableNames(schema);
  const session = databaseSession(db, safeLogger(options.logger));
  return {
    ...operations(session, tables),
    transaction: (work) => session.atomically((transaction) => work(operations(transaction, tables))),
    within(tx) {
      checkTransaction(tx);
      return operations(transactionSession(tx), tables);
    },
    maintain: (now, signal) => maintain(session, { schema, tables, now, signal }),
    recount: (workspaceId) => recount(session, { schema, workspaceId }),
    backlog: (now) => readBacklog(session, { tables, now }),
  };
}

function operations(session: Session, tables: TableNames): StorageOperations {
  return {
    settings: settingsStore(session, tables),
    resolutions: resolutionStore(session, tables),
    surveys: surveyStore(session, tables),
    responses: responseStore(session, tables),
    outbox: outboxStore(session, tables),
    journal: journalStore(session, tables),
    metrics: metricsReader(session, tables),
  };
}
