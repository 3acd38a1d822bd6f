import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aDesk, workspaceId } from "./support/a-desk.ts";
import { emptyDatabases, type OpenDatabase } from "./support/open-databases.ts";
import { runCsat } from "./support/run-csat.ts";

describe.each(emptyDatabases)("on %s", (_name, open) => {
  let database: OpenDatabase;
  let desk: ReturnType<typeof aDesk>;
  beforeAll(async () => {
    database = await open();
    desk = aDesk(database.db);
  });
  afterAll(() => database.close());
  const csat = (commandLine: string) => runCsat(commandLine, { config: desk.config });

  test("migrate makes the tables, says each step, and the second time finds nothing to do", async () => {
    const first = await csat("migrate");
    expect(first).toMatchObject({ exitCode: 0, stdout: "The tables are up to date (version 1).\n" });
    expect(first.stderr).toBe("migrated 1 init\n");
    expect(await csat("migrate")).toEqual({
      exitCode: 0,
      stdout: "The tables are up to date (version 1).\n",
      stderr: "",
    });
  });

  test("explain prints every decision oldest first, with what it means", async () => {
    await desk.resolve("T0", null);
    await desk.enable();
    await desk.answer("T1", 5, "a secret comment");
    expect(await csat(`explain T0 --workspace ${workspaceId}`)).toEqual({
      exitCode: 0,
      stdout:
        "2026-03-05T10:00:00.000Z  resolved                              Ticket resolved automatically.\n" +
        "2026-03-05T10:00:00.000Z  not_scheduled csat_disabled           No survey scheduled: surveys are switched off.\n",
      stderr: "",
    });
    const { stdout } = await csat(`explain T1 --workspace ${workspaceId}`);
    expect(stdout.split("\n").map((line) => line.slice(26, 62).trim())).toEqual([
      "resolved by bob",
      "scheduled",
      "sent",
      "answered",
      "",
    ]);
    expect(stdout).not.toContain("secret");
    expect(stdout).not.toContain("@");
  });

  test("explain --json prints the entries as the library returns them", async () => {
    const { exitCode, stdout } = await csat(`explain T0 --workspace=${workspaceId} --json`);
    const entries = await desk.csat.explain({ workspaceId, ticketId: "T0" });
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, JSON.parse(JSON.stringify(entries))]);
  });

  test("explain of a ticket that nobody told about ends with 1", async () => {
    const ran = await csat(`explain T404 --workspace ${workspaceId}`);
    expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
    expect(ran.stderr).toContain("T404");
    expect(await csat(`explain T404 --workspace ${workspaceId} --json`)).toEqual({
      exitCode: 1,
      stdout: "[]\n",
      stderr: "",
    });
  });

  test("recount corrects the days that are off, and says which", async () => {
    expect((await csat(`recount ${workspaceId}`)).stdout).toBe("All counts were right.\n");
    await database.sql(
      "delete from csat.count_deltas; delete from csat.daily_counts; delete from csat.daily_totals",
    );
    expect(await csat(`recount ${workspaceId}`)).toEqual({
      exitCode: 0,
      // One send and one answer.
      stdout: "2026-03-05  was 0, is 2\nCorrected days: 1.\n",
      stderr: "",
    });
    expect((await csat(`recount ${workspaceId}`)).stdout).toBe("All counts were right.\n");
  });

  test("export prints the answers as CSV, and nothing but a header where there are none", async () => {
    const { surveyId } = (await desk.csat.listResponses(workspaceId)).items[0] ?? {};
    const header =
      "respondedAt,ticketId,rating,comment,resolvedBy,resolvedByName,sentAt,surveyId,excluded\r\n";
    expect(await csat(`export ${workspaceId}`)).toEqual({
      exitCode: 0,
      stdout: `${header}2026-03-05T10:00:00.000Z,"T1",5,"a secret comment","bob",,2026-03-05T10:00:00.000Z,"${surveyId}",false\r\n`,
      stderr: "",
    });
    expect((await csat("export other")).stdout).toBe(header);
  });

  test("doctor finds nothing but the page that is not mounted", async () => {
    const { exitCode, stdout } = await runCsat("doctor --json", {
      config: desk.config,
      now: desk.clock.now,
    });
    const found = JSON.parse(stdout).reports.map((report: { check: string; status: string; code?: string }) =>
      [report.check, report.code ?? report.status].join(" "),
    );
    expect(exitCode).toBe(1);
    expect(found).toEqual([
      "database ok",
      "schema ok",
      // The desk's clock stands in March 2026, the database's does not.
      "clock clock_skew",
      "redis not_checked",
      "smtp not_checked",
      "publicUrl public_url_unreachable",
      "surveys ok",
      "mail ok",
      "failed ok",
      "receivers ok",
      "events ok",
    ]);
  });
});
