import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Csat, ResponseRow } from "@csat/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { csvHeader, csvLines } from "../src/csv.ts";
import { aDesk, workspaceId } from "./support/a-desk.ts";
import { migratedDatabase, type OpenDatabase } from "./support/open-databases.ts";
import { runCsat } from "./support/run-csat.ts";

let database: OpenDatabase;
let csat: Csat;
let folder: string;
beforeAll(async () => {
  database = await migratedDatabase();
  const desk = aDesk(database.db);
  csat = desk.csat;
  await desk.enable();
  await desk.answer("T1", 5);
  await desk.clock.advance({ days: 1 });
  await desk.answer("T2", 2, '=HYPERLINK("http://evil.example")');
});
afterAll(() => database.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "csat-export-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (options: string, instance: Csat = csat) =>
  runCsat(`export ${workspaceId} ${options}`.trim(), { config: { csat: instance }, folder });
const tickets = (csv: string) => [...csv.matchAll(/Z,(T\d+),/g)].map(([, ticket]) => ticket);

test("all answers of the range come newest first, and a cell that a spreadsheet would run is neutralised", async () => {
  const { stdout } = await run("");
  expect(tickets(stdout)).toEqual(["T2", "T1"]);
  // S55
  expect(stdout).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
});

test.each([
  ["--rating 5", ["T1"]],
  ["--resolved-by bob", ["T2", "T1"]],
  ["--resolved-by eve", []],
  ["--unattributed", []],
  ["--from 2026-03-05 --to 2026-03-05", ["T1"]],
  ["--days 7", ["T2", "T1"]],
])("%s narrows the export", async (options, expected) => {
  expect(tickets((await run(options)).stdout)).toEqual(expected);
});

test("--bom begins with the mark by which spreadsheets know UTF-8", async () => {
  await run("--bom --out answers.csv");
  const bytes = readFileSync(join(folder, "answers.csv"));
  expect([...bytes.subarray(0, 5)]).toEqual([
    0xef,
    0xbb,
    0xbf,
    ..."re".split("").map((letter) => letter.charCodeAt(0)),
  ]);
});

describe("with --out", () => {
  test("the file holds what standard output would, for its owner alone; stdout stays empty", async () => {
    const { stdout } = await run("");
    expect(await run("--out answers.csv")).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "2 answers written to answers.csv.\n",
    });
    const file = join(folder, "answers.csv");
    expect(readFileSync(file, "utf8")).toBe(stdout);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("an export that breaks off leaves the file of before, and no other", async () => {
    writeFileSync(join(folder, "answers.csv"), "of yesterday");
    const { exitCode, stderr } = await run("--out answers.csv", {
      ...csat,
      async *exportResponses(...asked) {
        yield* csat.exportResponses(...asked);
        throw new Error("the connection of dana@example.com broke");
      },
    });
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain("dana");
    expect(readFileSync(join(folder, "answers.csv"), "utf8")).toBe("of yesterday");
    expect(existsSync(join(folder, "answers.csv.part"))).toBe(false);
  });

  test("progress counts the answers on a screen", async () => {
    const { stderr } = await runCsat(`export ${workspaceId} --out answers.csv`, {
      config: { csat },
      folder,
      screens: ["stderr"],
    });
    expect(stderr).toContain("Exporting 2 answers");
  });
});

test("answers on a screen are not mixed with progress", async () => {
  const { stderr } = await runCsat(`export ${workspaceId}`, {
    config: { csat },
    screens: ["stdout", "stderr"],
  });
  expect(stderr).toBe("");
});

test("more answers than fit into a chunk come each once", async () => {
  const row: ResponseRow = {
    workspaceId,
    ticketId: "T0",
    surveyId: "s",
    rating: 3,
    comment: null,
    respondedAt: new Date("2026-03-05T11:00:00.000Z"),
    resolvedBy: null,
    sentAt: new Date("2026-03-05T10:00:00.000Z"),
  };
  const rows = Array.from({ length: 250 }, (_, index) => ({ ...row, ticketId: `T${index}` }));
  const { stdout } = await run("", {
    ...csat,
    async *exportResponses() {
      yield* rows;
    },
  });
  expect(stdout).toBe(csvHeader + csvLines(rows));
  expect(new Set(tickets(stdout)).size).toBe(250);
});
