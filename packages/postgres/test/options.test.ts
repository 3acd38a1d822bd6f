import { isCsatError } from "@csat/core";
import { csatSchema, type DrizzleDatabase, migrate, postgresStorage, printMigrations } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { describe, expect, test } from "vitest";

// Never connects: nothing here runs a statement.
const db = drizzle("postgres://nobody@127.0.0.1:1/none");

const refusedNames = [
  "",
  "Csat",
  "cs-at",
  "csat.tickets",
  'csat"; drop schema public; --',
  "1csat",
  "csät",
  "public",
  "pg_catalog",
  "information_schema",
  "c".repeat(64),
];

describe.each(refusedNames)("the schema name %j is refused as invalid_config", (schema) => {
  const users: readonly (readonly [string, () => unknown])[] = [
    ["postgresStorage", () => postgresStorage(db, { schema })],
    ["printMigrations", () => printMigrations({ schema })],
    ["csatSchema", () => csatSchema(schema)],
  ];
  test.each(users)("by %s", (_name, use) => {
    const error = thrownBy(use);
    expect(isCsatError(error, "invalid_config")).toBe(true);
    expect(error).toMatchObject({ issues: [{ path: "schema" }] });
  });

  test("by migrate, before it connects", async () => {
    await expect(migrate(db, { schema })).rejects.toMatchObject({ code: "invalid_config" });
  });
});

test.each(["csat", "_csat", "csat_2", "c".repeat(63)])("the schema name %j is taken", (schema) => {
  expect(postgresStorage(db, { schema })).toHaveProperty("auto");
  expect(csatSchema(schema).schema.schemaName).toBe(schema);
});

test.each([
  undefined,
  null,
  1,
  "postgres://localhost/x",
  {},
  { execute: () => {} },
  { transaction: () => {} },
])("%j is no database: invalid_config", (value) => {
  // Callers without types hand over anything.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const given = value as unknown as DrizzleDatabase;
  const error = thrownBy(() => postgresStorage(given));
  expect(isCsatError(error, "invalid_config")).toBe(true);
  expect(String(error)).toContain("A database is needed");
});

test("a tx that is no transaction is invalid_input", () => {
  // Callers without types hand over anything.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const tx = { rollback: true } as unknown as DrizzleDatabase;
  expect(thrownBy(() => postgresStorage(db).within(tx))).toMatchObject({
    code: "invalid_input",
    issues: [{ path: "tx" }],
  });
});

function thrownBy(use: () => unknown): unknown {
  try {
    use();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
