import { type ColumnDefinitionBuilder, type Kysely, type Migration, Migrator, sql } from "kysely";
import type { Tables } from "./tables.ts";

const id = (column: ColumnDefinitionBuilder) => column.primaryKey().defaultTo(sql`gen_random_uuid()`);

const migrations: Record<string, Migration> = {
  "2025-02-11-helpdesk": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("users")
        .addColumn("id", "uuid", id)
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("role", "text", (column) => column.notNull())
        .addColumn("api_key", "text", (column) => column.notNull().unique())
        .execute();
      await db.schema
        .createTable("customers")
        .addColumn("id", "uuid", id)
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("email", "text")
        .addColumn("language", "text")
        .execute();
      await db.schema
        .createTable("tickets")
        .addColumn("id", "uuid", id)
        .addColumn("subject", "text", (column) => column.notNull())
        .addColumn("status", "text", (column) => column.notNull().defaultTo("new"))
        .addColumn("customer_id", "uuid", (column) => column.notNull().references("customers.id"))
        .addColumn("assignee_id", "uuid", (column) => column.references("users.id"))
        .execute();
    },
  },
  "2025-06-30-history": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("ticket_history")
        .addColumn("id", "uuid", id)
        .addColumn("ticket_id", "uuid", (column) => column.notNull().references("tickets.id"))
        .addColumn("user_id", "uuid", (column) => column.references("users.id"))
        .addColumn("status", "text", (column) => column.notNull())
        .addColumn("changed_at", "timestamptz", (column) => column.notNull().defaultTo(sql`now()`))
        .execute();
    },
  },
};

/** Brings the helpdesk's own tables up to date. */
export async function migrateHelpdesk(database: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error("The helpdesk could not be migrated.", { cause: error });
}
