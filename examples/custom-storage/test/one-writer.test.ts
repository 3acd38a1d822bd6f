import { type Change, isCsatError, type Json } from "@csat/core";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqlite, sqliteStorage } from "../src/index.ts";
import { anEmptyFile } from "./empty-file.ts";

const key = { kind: "ticket", workspaceId: "acme", id: "T-1" } as const;

/** A change that stores a ticket nobody knew. */
function told(state: Json, hash?: string): Change {
  const cells = { kind: "ticket", sentAt: null, resolvedBy: null } as const;
  const change = { heads: [{ key, expected: 0, state, cells }] };
  return hash === undefined ? change : { ...change, tokens: [{ hash, key }] };
}

let file: Awaited<ReturnType<typeof anEmptyFile>>;
beforeEach(async () => {
  file = await anEmptyFile();
  await file.sqlite.transaction((tx) => tx.run(sql`create table tickets (id text primary key)`));
});
afterEach(() => file.close());

const ticketsOfTheHost = () => file.sqlite.reader.all(sql`select id from tickets`);

test("the host's ticket and its record stand or fall together", async () => {
  const storage = sqliteStorage(file.sqlite);
  const resolving = (end: "well" | "badly") =>
    file.sqlite.transaction(async (tx) => {
      await tx.run(sql`insert into tickets values ('T-1')`);
      await storage.within(tx).write([told("resolved")]);
      if (end === "badly") throw new Error("the host changed its mind");
    });
  await expect(resolving("badly")).rejects.toThrow("the host changed its mind");
  expect([await ticketsOfTheHost(), (await storage.auto.read([key]))[0]?.version]).toEqual([[], 0]);
  await resolving("well");
  expect(await ticketsOfTheHost()).toEqual([{ id: "T-1" }]);
  expect((await storage.auto.read([key]))[0]).toMatchObject({ version: 1, state: "resolved" });
});

test("a write that fails inside the host's transaction leaves nothing of itself, and the transaction goes on", async () => {
  const storage = sqliteStorage(file.sqlite);
  const other = { ...key, id: "T-0" };
  await storage.auto.write([
    {
      heads: [{ key: other, expected: 0, state: null, cells: null }],
      tokens: [{ hash: "taken", key: other }],
    },
  ]);
  await file.sqlite.transaction(async (tx) => {
    // The record is written by the first statement of the write, the link is refused by a later one.
    await expect(storage.within(tx).write([told("resolved", "taken")])).rejects.toMatchObject({
      code: "storage_failed",
    });
    await tx.run(sql`insert into tickets values ('T-2')`);
  });
  expect((await storage.auto.read([key]))[0]?.version).toBe(0);
  expect(await ticketsOfTheHost()).toEqual([{ id: "T-2" }]);
});

test("calls that are not awaited one by one in a transaction still take turns", async () => {
  const storage = sqliteStorage(file.sqlite);
  const outcomes = await file.sqlite.transaction((tx) =>
    Promise.all([1, 2, 3, 4].map((number) => storage.within(tx).write([told(number)]))),
  );
  expect(outcomes.flat()).toEqual(["written", "conflict", "conflict", "conflict"]);
});

test("a write waits for the writer of another process, and gives up when its patience ends", async () => {
  const impatient = openSqlite({ url: file.url, patienceMs: 1 });
  const thrown: unknown[] = [];
  await file.otherProcess.transaction(async () => {
    await sqliteStorage(impatient)
      .auto.write([told("resolved")])
      .catch((error: unknown) => thrown.push(error));
  });
  expect(thrown.map((error) => isCsatError(error, "storage_failed"))).toEqual([true]);
  // The refused writer is none the worse for it.
  expect(await sqliteStorage(impatient).auto.write([told("resolved")])).toEqual(["written"]);
  impatient.close();
});

test("an error of the driver is handed on without the parameters that drizzle quotes", async () => {
  const storage = sqliteStorage(file.sqlite);
  await file.sqlite.transaction((tx) => tx.run(sql`drop table csat_records`));
  const error: unknown = await storage.auto
    .write([told("a word in confidence")])
    .catch((thrown: unknown) => thrown);
  expect(isCsatError(error, "storage_failed")).toBe(true);
  expect(String(error instanceof Error ? error.cause : error)).toContain("no such table: csat_records");
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("confidence");
});

test("the storage and what opens its file have 500 lines of TypeScript at most, comments and blank ones included", async () => {
  const { readdir, readFile } = await import("node:fs/promises");
  const folder = new URL("../src/", import.meta.url);
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const files = await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
  expect(files.flatMap((text) => text.trimEnd().split("\n")).length).toBeLessThanOrEqual(500);
});
