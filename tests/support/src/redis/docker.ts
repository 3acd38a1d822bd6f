import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { RedisLauncher } from "./launcher.ts";

const image = "redis:7-alpine";

/** Redis in a container; null where Docker is missing or its daemon does not answer. */
export function findRedisInDocker(): RedisLauncher | null {
  const { status } = spawnSync("docker", ["version", "--format", "{{.Server.Version}}"], { timeout: 10_000 });
  if (status !== 0) return null;
  return {
    origin: `docker run ${image}`,
    launch({ port, settings, isSentinel = false }) {
      const name = `csat-redis-${randomBytes(5).toString("hex")}`;
      // Servers that watch or copy each other have to find each other where clients do.
      const isAlone = settings === undefined && !isSentinel;
      const network = isAlone ? ["--publish", `127.0.0.1:${port}:6379`] : ["--network", "host"];
      const words = Object.entries({
        loglevel: "warning",
        ...(isAlone ? {} : { port: String(port), bind: "127.0.0.1" }),
        ...(isSentinel ? {} : { save: "", appendonly: "no" }),
        ...settings,
      }).flatMap(([setting, value]) => [`--${setting}`, value]);
      const program = isSentinel
        ? ["sh", "-c", 'touch /tmp/s.conf && exec redis-server /tmp/s.conf "$@" --sentinel', "sh"]
        : ["redis-server"];
      const run = ["run", "--rm", "--name", name, ...network, image, ...program, ...words];
      const server = spawn("docker", run, { stdio: ["ignore", "ignore", "pipe"] });
      let output = "";
      server.stderr.on("data", (chunk: Buffer) => {
        output = `${output}${chunk.toString("utf8")}`.slice(-1_000);
      });
      const tell = (command: string) => void spawnSync("docker", [command, name], { stdio: "ignore" });
      return {
        ended: new Promise((resolve) => {
          server.once("error", ({ message }) => resolve(message));
          server.once("exit", (code) => resolve(`ended with ${code}: ${output.trim()}`));
        }),
        kill: () => tell("kill"),
        pause: () => tell("pause"),
        resume: () => tell("unpause"),
      };
    },
  };
}
