import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyDatabase } from "./support/open-databases.ts";
import { type CsatFolder, csatFolder } from "./support/start-csat.ts";

let folder: CsatFolder;
let database: Awaited<ReturnType<typeof emptyDatabase>>;
beforeAll(async () => {
  folder = csatFolder();
  database = await emptyDatabase();
});
afterAll(async () => {
  folder?.remove();
  await database?.close();
});

test("csat --help ends with 0, and a misspelt command with 2", async () => {
  expect(await folder.csat(["--help"])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("csat COMMAND"),
    stderr: "",
  });
  expect(await folder.csat(["docter"])).toMatchObject({ exitCode: 2, stdout: "" });
});

test("csat migrate and csat doctor find the config of the folder, and end though it leaves connections open", async () => {
  const environment = { DATABASE_URL: database.url };
  const before = await folder.csat(["doctor", "--json"], environment);
  expect(before.exitCode).toBe(1);
  expect(JSON.parse(before.stdout).reports).toContainEqual(
    expect.objectContaining({ check: "schema", code: "schema_missing" }),
  );
  expect(await folder.csat(["migrate"], environment)).toMatchObject({
    exitCode: 0,
    stdout: "The tables are up to date (version 1).\n",
  });
  // The machine's own clock and the database's are the same here.
  const after = await folder.csat(["doctor", "--skip", "publicUrl"], environment);
  expect(after).toMatchObject({ exitCode: 0, stderr: "" });
  expect(after.stdout).toContain("ok           clock");
});

test("csat doctor without a database is a finding, csat migrate without one could not run", async () => {
  const environment = { DATABASE_URL: "postgres://127.0.0.1:1/nothing" };
  expect(await folder.csat(["doctor"], environment)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining("FINDING      database"),
  });
  const { exitCode, stderr } = await folder.csat(["migrate"], environment);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /^csat migrate: The database failed while migrating the schema csat \(ECONNREFUSED\)/,
  );
});
