import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Rating } from "@csat/core";
import { createHandler } from "@csat/http";
import { expect, onTestFinished, test } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { openServer } from "../world/storages.ts";

const comments = [
  "",
  "plain",
  "=1+1",
  "+49 30 1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\uFF1D1+1",
  "a, b",
  'say "so"',
  "two\nlines",
  "two\r\nlines",
  "one\rline",
  "Grüße 🎉 日本語 \u202Eback",
  "'quoted'",
  ";semicolon;",
  "fine;=1+1",
  "\n=1+1",
  " =1+1",
  "a\t=2+2",
  "\u001b]0;title\u0007",
];

/** What `csat export` writes to standard output, as a process of its own. */
function exportedBy(databaseUrl: string, ...options: readonly string[]): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "csat-same-csv-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const config = new URL("csat.config.ts", import.meta.url).href;
  writeFileSync(join(folder, "csat.config.mjs"), `export { default } from ${JSON.stringify(config)};`);
  const main = fileURLToPath(new URL("../../../packages/cli/src/main.ts", import.meta.url));
  const args = [
    "--import",
    import.meta.resolve("tsx"),
    "--conditions=@csat/source",
    main,
    "export",
    workspaceId,
  ];
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [...args, ...options],
      { cwd: folder, env, encoding: "buffer" },
      (error, stdout) => {
        if (error === null) resolve(stdout);
        else reject(error);
      },
    );
  });
}

// S55
test.each([
  ["a comma", []],
  ["a semicolon", ["--delimiter", ";"]],
])(
  "csat export and the download of the dashboard are the same with %s, byte by byte",
  async (_name, choice) => {
    const server = await openServer();
    onTestFinished(server.close);
    const world = await aWorld({ storage: await server.fresh(), settings: { sendDelay: "immediately" } });
    for (const [index, comment] of comments.entries()) {
      await world.resolve(`T${index}`, index % 3 === 0 ? null : "@olivia");
      await world.pass({ minutes: 1 });
      // 1 to 5, whatever the index.
      await world.answer(world.mailer.accepted.at(-1), ((index % 5) + 1) as Rating, comment);
    }
    const handler = createHandler(world.csat, {
      basePath: "/csat",
      authorize: async () => ({ workspaceId, userId: "ada", role: "admin" }),
    });
    const url = "https://help.example.com/csat/api/analytics/responses.csv?from=2026-03-01&to=2026-03-03&bom";
    const download = await handler(new Request(choice.length === 0 ? url : `${url}&delimiter=;`));
    expect(download.status).toBe(200);
    const options = ["--from", "2026-03-01", "--to", "2026-03-03", "--bom", ...choice];
    const exported = await exportedBy(server.url, ...options);
    expect(exported.toString("utf8")).toContain("'=1+1");
    expect(exported.equals(Buffer.from(await download.arrayBuffer()))).toBe(true);
  },
);
