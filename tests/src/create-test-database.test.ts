import { createTestDatabase } from "@csat-internal/test-support";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";

const created: { drop: () => Promise<void> }[] = [];
afterAll(() => Promise.all(created.map((database) => database.drop())));

test("every call gets a database of its own", async () => {
  const [first, second] = await Promise.all([aDatabase(), aDatabase()]);
  await query({ url: first.url, text: "create table mine (id int)" });
  expect(await query({ url: second.url, text: "select to_regclass('mine') as found" })).toEqual([
    { found: null },
  ]);
});

test("a template is prepared once, and each database starts as a copy of it", async () => {
  let preparations = 0;
  const template = {
    name: "support_test",
    prepare: async (url: string) => {
      preparations++;
      await query({ url, text: "create table prepared as select 7 as figure" });
    },
  };
  const databases = await Promise.all([1, 2, 3].map(() => aDatabase({ template })));
  for (const { url } of databases) {
    expect(await query({ url, text: "select figure from prepared" })).toEqual([{ figure: 7 }]);
  }
  expect(preparations).toBe(1);
});

test("a preparation that failed leaves no template behind", async () => {
  const name = "failing_test";
  const failing = aDatabase({ template: { name, prepare: () => Promise.reject(new Error("half way")) } });
  await expect(failing).rejects.toThrow("half way");
  const second = await aDatabase({
    template: { name, prepare: (url) => query({ url, text: "create table done ()" }).then(() => undefined) },
  });
  expect(await query({ url: second.url, text: "select to_regclass('done')::text as found" })).toEqual([
    { found: "done" },
  ]);
});

test("a dropped database is gone even while a connection is open", async () => {
  const database = await createTestDatabase(inject("databaseUrl"));
  const client = new pg.Client({ connectionString: database.url });
  const errors: unknown[] = [];
  client.on("error", (error) => errors.push(error));
  const ended = new Promise((resolve) => client.once("end", resolve));
  await client.connect();
  await database.drop();
  await ended;
  expect(errors).not.toEqual([]);
  await expect(query({ url: database.url, text: "select 1" })).rejects.toMatchObject({ code: "3D000" });
});

async function aDatabase(options?: Parameters<typeof createTestDatabase>[1]) {
  const database = await createTestDatabase(inject("databaseUrl"), options);
  created.push(database);
  return database;
}

async function query({ url, text }: { readonly url: string; readonly text: string }) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
