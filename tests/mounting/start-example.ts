import { spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";

/** An example that runs as its README says. */
export interface StartedExample {
  readonly origin: string;
  stop(): Promise<unknown>;
}

/**
 * Runs the example's `npm start` on a free port and waits until it listens.
 * @throws Error with what it printed, when it ends before
 */
export async function startExample(folder: string): Promise<StartedExample> {
  const port = await freePort();
  const child = spawn("npm", ["start", "--silent"], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: `${port}`, NEXT_TELEMETRY_DISABLED: "1" },
    // A group of its own: npm starts others, and all of them are to end.
    detached: true,
  });
  const ended = once(child, "exit");
  await new Promise<void>((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (/Open http|Ready in/.test(output)) resolve();
      });
    }
    void ended.then(() => reject(new Error(`npm start in ${folder} ended:\n${output}`)));
  });
  return {
    origin: `http://localhost:${port}`,
    stop: () => {
      // It was spawned, so it has an id.
      process.kill(-(child.pid as number), "SIGTERM");
      return ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "localhost");
  await once(server, "listening");
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
