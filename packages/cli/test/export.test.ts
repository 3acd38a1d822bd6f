import { execFileSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Csat, type ExportedResponse, responsesCsv } from "@csat/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
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
const tickets = (csv: string) => [...csv.matchAll(/Z,"(T\d+)",/g)].map(([, ticket]) => ticket);

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

test("--where asks for a value of an attribute, whatever is in it, and each attribute has a column", async () => {
  // S85
  const asked: unknown[] = [];
  const instance: Csat = {
    ...csat,
    slicedBy: ["team"],
    exportResponses: (workspace, range, filter) => {
      asked.push(filter);
      return csat.exportResponses(workspace, range);
    },
  };
  const { stdout } = await run("--where team:a:b=c --resolved-by bob", instance);
  expect(asked).toEqual([{ where: { attribute: "team", value: "a:b=c" }, resolvedBy: "bob" }]);
  expect(stdout.split("\r\n")[0]).toMatch(/,attributes\.team$/);
  expect(await run("--where team")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("with a colon between"),
  });
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

  test("an export that breaks off leaves no file", async () => {
    const { exitCode, stderr } = await run("--out answers.csv", {
      ...csat,
      async *exportResponses(...asked) {
        yield* csat.exportResponses(...asked);
        throw new Error("the connection of dana@example.com broke");
      },
    });
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain("dana");
    expect(readdirSync(folder)).toEqual([]);
  });

  const things: readonly (readonly [what: string, put: (path: string) => unknown])[] = [
    ["a file", (path) => writeFileSync(path, "of yesterday")],
    ["a link to a file", (path) => symlinkSync(join(folder, "victim"), path)],
    ["a link to nothing", (path) => symlinkSync(join(folder, "nothing"), path)],
    ["a pipe", (path) => execFileSync("mkfifo", [path])],
    ["a folder", (path) => mkdirSync(path)],
  ];
  describe.each(["answers.csv", "answers.csv.part"])("what stands at %s", (name) => {
    test.each(things)("is not touched, and the export says so: %s", async (_what, put) => {
      writeFileSync(join(folder, "victim"), "precious");
      put(join(folder, name));
      const before = lstatSync(join(folder, name));
      const { exitCode, stdout, stderr } = await run("--out answers.csv");
      expect([exitCode, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(`${join(folder, name)} is there already`);
      const { ino, mode, size, mtimeMs } = lstatSync(join(folder, name));
      expect({ ino, mode, size, mtimeMs }).toEqual({
        ino: before.ino,
        mode: before.mode,
        size: before.size,
        mtimeMs: before.mtimeMs,
      });
      expect(readFileSync(join(folder, "victim"), "utf8")).toBe("precious");
      expect(readdirSync(folder).sort()).toEqual([name, "victim"].sort());
    });
  });

  test("a file that turns up at the name meanwhile is not replaced", async () => {
    const { exitCode } = await run("--out answers.csv", {
      ...csat,
      async *exportResponses(...asked) {
        yield* csat.exportResponses(...asked);
        writeFileSync(join(folder, "answers.csv"), "of another export");
      },
    });
    expect(exitCode).toBe(2);
    expect(readFileSync(join(folder, "answers.csv"), "utf8")).toBe("of another export");
    expect(existsSync(join(folder, "answers.csv.part"))).toBe(false);
  });

  test("a folder that is not there is named", async () => {
    const { exitCode, stderr } = await run("--out nowhere/answers.csv");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("cannot be made (ENOENT). Name a file in a folder that is there");
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

const row: ExportedResponse = {
  workspaceId,
  ticketId: "T0",
  surveyId: "s",
  rating: 3,
  comment: null,
  respondedAt: new Date("2026-03-05T11:00:00.000Z"),
  resolvedBy: null,
  resolvedByName: null,
  sentAt: new Date("2026-03-05T10:00:00.000Z"),
  excluded: false,
  slices: [],
};

describe("a comment with what a terminal obeys", () => {
  const comment = "\u001b]0;owned\u0007\u001b[2J\u009b31m\r\u202Eback\nline";
  const shown = async (screens: readonly ("stdout" | "stderr")[]) => {
    const hostile: Csat = {
      ...csat,
      async *exportResponses() {
        yield { ...row, comment };
      },
    };
    return (await runCsat(`export ${workspaceId}`, { config: { csat: hostile }, folder, screens })).stdout;
  };

  test("is shown in escapes on a screen, line by line", async () => {
    const lines = (await shown(["stdout"])).split("\n");
    expect(lines[1]).toContain(',3,"\\u001b]0;owned\\u0007\\u001b[2J\\u009b31m\\u000d\\u202eback');
    expect(lines[2]).toBe('line",,,2026-03-05T10:00:00.000Z,"s",false');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what the test looks for.
    expect(lines.join("")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });

  test("is written as it is where no screen is", async () => {
    expect(await shown(["stderr"])).toContain(comment);
  });
});

test("--delimiter puts a semicolon between cells; another character is refused", async () => {
  const { stdout } = await run("--delimiter ;");
  expect(stdout).toContain('Z;"T1";5;;"bob";;2026-03-05T10:00:00.000Z;');
  expect(await run("--delimiter tab")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("--delimiter must be one of , ;"),
  });
});

test("more answers than fit into a chunk come each once", async () => {
  const rows = Array.from({ length: 250 }, (_, index) => ({ ...row, ticketId: `T${index}` }));
  const { stdout } = await run("", {
    ...csat,
    async *exportResponses() {
      yield* rows;
    },
  });
  expect(stdout).toBe(responsesCsv().start + responsesCsv().lines(rows));
  expect(new Set(tickets(stdout)).size).toBe(250);
});
