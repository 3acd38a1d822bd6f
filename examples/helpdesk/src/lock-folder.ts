import { createHash } from "node:crypto";
import { realpath, unlink } from "node:fs/promises";
import { createConnection, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CsatError } from "@csat/core";

/**
 * Keeps a second process of this machine out of a folder; PGlite itself would let it in and damage the data. Answers
 * how to unlock. The lock is a listening socket, so it ends with its process, however that dies.
 * @throws CsatError `storage_failed` when another process holds it
 */
export async function lockFolder(path: string): Promise<() => Promise<void>> {
  const name = createHash("sha256")
    .update(await realpath(path))
    .digest("hex")
    .slice(0, 16);
  const address =
    process.platform === "win32"
      ? `\\\\.\\pipe\\csat-helpdesk-${name}`
      : join(tmpdir(), `csat-helpdesk-${name}.sock`);
  let server = await listen(address);
  if (server === null && !(await isAnswered(address))) {
    await unlink(address);
    server = await listen(address);
  }
  if (server === null) {
    const message = `Another demo uses the data folder ${path}. Stop it, or choose another folder with DATA_DIR.`;
    throw new CsatError("storage_failed", message);
  }
  const held = server;
  return () => new Promise((resolve) => held.close(() => resolve()));
}

/** Null when the address is taken, by a process or by the file that a killed one left. */
function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(null) : reject(error),
    );
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
