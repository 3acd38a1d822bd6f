import { isCsatError } from "@csat/core";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqlite, sqliteStorage } from "../src/index.ts";
import { anEmptyFile } from "./empty-file.ts";

const ticket = { workspaceId: "acme", ticketId: "T-1" };
const resolvedAt = new Date("2026-03-02T09:00:00.000Z");
const survey = { ...ticket, id: "survey-1", resolvedAt, dueAt: resolvedAt };

let file: Awaited<ReturnType<typeof anEmptyFile>>;
beforeEach(async () => {
  file = await anEmptyFile();
  await file.sqlite.transaction((tx) => tx.run(sql`create table tickets (id text primary key)`));
});
afterEach(() => file.close());

const ticketsOfTheHost = () => file.sqlite.reader.all(sql`select id from tickets`);

test("the host's ticket and its survey stand or fall together", async () => {
  const storage = sqliteStorage(file.sqlite);
  const resolving = (end: "well" | "badly") =>
    file.sqlite.transaction(async (tx) => {
      await tx.run(sql`insert into tickets values ('T-1')`);
      await storage.within(tx).surveys.arm([survey]);
      if (end === "badly") throw new Error("the host changed its mind");
    });
  await expect(resolving("badly")).rejects.toThrow("the host changed its mind");
  expect([await ticketsOfTheHost(), await storage.surveys.find(ticket)]).toEqual([[], null]);
  await resolving("well");
  expect(await ticketsOfTheHost()).toEqual([{ id: "T-1" }]);
  expect((await storage.surveys.find(ticket))?.status).toBe("scheduled");
});

test("a method that fails inside the host's transaction leaves nothing of itself, and the transaction goes on", async () => {
  const storage = sqliteStorage(file.sqlite);
  await storage.transaction(async ({ surveys }) => void (await surveys.arm([survey])));
  await file.sqlite.transaction(async (tx) => {
    // Another ticket with an id that is taken: the first statement of the method succeeds, the second is refused.
    const taken = { ...survey, ticketId: "T-2" };
    await expect(storage.within(tx).surveys.arm([taken])).rejects.toMatchObject({ code: "storage_failed" });
    await tx.run(sql`insert into tickets values ('T-2')`);
  });
  expect(await storage.surveys.find({ ...ticket, ticketId: "T-2" })).toBeNull();
  expect(await ticketsOfTheHost()).toEqual([{ id: "T-2" }]);
});

test("calls that are not awaited one by one in a transaction still take turns", async () => {
  const storage = sqliteStorage(file.sqlite);
  const kinds = await file.sqlite.transaction((tx) =>
    Promise.all(
      [1, 2, 3, 4].map(
        async (number) =>
          (await storage.within(tx).surveys.arm([{ ...survey, id: `survey-${number}` }]))[0]?.kind,
      ),
    ),
  );
  expect(kinds).toEqual(["armed", "already_scheduled", "already_scheduled", "already_scheduled"]);
});

test("a write waits for the writer of another process, and gives up when its patience ends", async () => {
  const impatient = openSqlite({ url: file.url, patienceMs: 1 });
  const thrown: unknown[] = [];
  await file.otherProcess.transaction(async () => {
    await sqliteStorage(impatient)
      .settings.patch("acme", { enabled: true })
      .catch((error: unknown) => thrown.push(error));
  });
  expect(thrown.map((error) => isCsatError(error, "storage_failed"))).toEqual([true]);
  // The refused writer is none the worse for it.
  await sqliteStorage(impatient).settings.patch("acme", { enabled: true });
  expect((await sqliteStorage(file.sqlite).settings.get("acme"))?.enabled).toBe(true);
  impatient.close();
});

test("an error of the driver is handed on without the parameters that drizzle quotes", async () => {
  const storage = sqliteStorage(file.sqlite);
  await file.sqlite.transaction((tx) => tx.run(sql`drop table csat_settings`));
  const error: unknown = await storage.settings
    .patch("acme", { subject: "a word in confidence" })
    .catch((thrown: unknown) => thrown);
  expect(isCsatError(error, "storage_failed")).toBe(true);
  expect(String(error instanceof Error ? error.cause : error)).toContain("no such table: csat_settings");
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("confidence");
});
