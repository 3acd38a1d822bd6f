import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listen } from "../listen.ts";
import { startHelpdesk } from "../start-helpdesk.ts";
import { startProcess } from "./a-process.ts";

/** A listener of somebody else on a free port. */
async function takenPort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { port, close: () => server.close() };
}

test("a busy port is told in one line that names it, and the process ends with 1", async () => {
  const { port, close } = await takenPort();
  const start = startProcess({ PORT: `${port}`, DATA_DIR: "memory://" });
  await expect(start).rejects.toThrow(
    new Error(`exit 1: Port ${port} is in use. Choose another one, e.g. PORT=3001.\n`),
  );
  close();
});

test.each([
  ["Postgres", "postgres"],
  ["MySQL", "mysql"],
])(
  "a %s out of reach is told without its password, and the port is free again",
  async (product, protocol) => {
    const database = { kind: "server", url: `${protocol}://demo:s3cret@127.0.0.1:1/helpdesk` } as const;
    const { port, close } = await takenPort();
    close();
    const start = startHelpdesk({ port, database, smtpUrl: null, redisUrl: null, works: true });
    await expect(start).rejects.toThrow(
      new RegExp(`^Cannot use the ${product} of DATABASE_URL at 127\\.0\\.0\\.1:1 \\(.*ECONNREFUSED`),
    );
    await expect(start).rejects.not.toThrow(/s3cret/);
    const listener = await listen(port);
    expect(listener.origin).toBe(`http://127.0.0.1:${port}`);
    await listener.close();
  },
);

test("a data folder that cannot be one is told by its name", async () => {
  const folder = await mkdtemp(join(tmpdir(), "csat-helpdesk-"));
  const path = join(folder, "file");
  await writeFile(path, "");
  const start = startHelpdesk({
    port: 0,
    database: { kind: "folder", path },
    smtpUrl: null,
    redisUrl: null,
    works: true,
  });
  await expect(start).rejects.toThrow(new RegExp(`^Cannot use the data folder ${path} \\(`));
  await rm(folder, { recursive: true });
});
