import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { watchOver } from "../watch-over.ts";
import type { RedisLauncher } from "./launcher.ts";

/** Redis or Valkey from the PATH or /usr/bin; null when the machine has neither. */
export function findRedisProgram(): RedisLauncher | null {
  for (const name of ["redis-server", "valkey-server"]) {
    for (const program of [name, `/usr/bin/${name}`]) {
      const { stdout, status } = spawnSync(program, ["--version"], { encoding: "utf8" });
      const version = status === 0 ? /\bv=?\s*(\d[\d.]*)/.exec(stdout)?.[1] : undefined;
      if (version !== undefined) return programLauncher(program, `${program} ${version}`);
    }
  }
  return null;
}

function programLauncher(program: string, origin: string): RedisLauncher {
  return {
    origin,
    launch({ port, settings = {}, isSentinel = false }) {
      const folder = mkdtempSync(join(tmpdir(), "csat-redis-"));
      const wanted = { port, bind: "127.0.0.1", dir: folder, loglevel: "warning" };
      const ofServer = isSentinel ? {} : { save: "", appendonly: "no" };
      const words = Object.entries({ ...wanted, ...ofServer, ...settings }).flatMap(([name, value]) => [
        `--${name}`,
        String(value),
      ]);
      if (isSentinel) {
        // It writes down what it learns, and does not start without a file for that.
        const file = join(folder, "sentinel.conf");
        writeFileSync(file, "");
        words.unshift(file);
        words.push("--sentinel");
      }
      // A group of its own: Ctrl-C in a terminal reaches the tests alone, which then end it in order.
      const server = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"], detached: true });
      const { pid } = server;
      let output = "";
      for (const stream of [server.stdout, server.stderr]) {
        stream.on("data", (chunk: Buffer) => {
          output = `${output}${chunk.toString("utf8")}`.slice(-1_000);
        });
      }
      const watcher = pid === undefined ? null : watchOver({ pid, folder });
      const ended = new Promise<string>((resolve) => {
        server.once("error", ({ message }) => resolve(message));
        server.once("exit", (code, signal) => {
          watcher?.kill("SIGKILL");
          rmSync(folder, { recursive: true, force: true });
          resolve(`ended with ${signal ?? code}: ${output.trim()}`);
        });
      });
      return {
        ended,
        kill: () => void server.kill("SIGKILL"),
        pause: () => void server.kill("SIGSTOP"),
        resume: () => void server.kill("SIGCONT"),
      };
    },
  };
}
