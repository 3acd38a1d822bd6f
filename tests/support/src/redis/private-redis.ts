import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "../free-port.ts";
import { findRedis } from "./find-redis.ts";
import type { LaunchedRedis, RedisLauncher } from "./launcher.ts";

/** A Redis server that belongs to whoever started it: it may be killed, frozen and emptied. */
export interface PrivateRedis {
  /** `redis://127.0.0.1:<port>`, the same after a restart. */
  readonly url: string;
  readonly port: number;
  /** In words, where the server comes from. */
  readonly origin: string;
  /** Ends it for good. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash does, and frees the port; nothing is kept. No error when it does not run. */
  kill(): Promise<void>;
  /** Starts it on the same port, empty; kills it before when it runs. Resolves when it answers. */
  restart(): Promise<void>;
  /** Freezes it: connections stay open and are taken, nothing is answered. */
  pause(): void;
  /** Ends a pause. */
  resume(): void;
}

const READY_WITHIN_MS = 30_000;
const TRIES = 5;

/**
 * Starts an empty Redis on 127.0.0.1, on `port` or a free one, in a folder of its own, without persistence. It ends
 * with this process at the latest.
 * @throws Error that says how to get Redis when there is none, or why it did not start
 */
export async function startPrivateRedis({ port }: { readonly port?: number } = {}): Promise<PrivateRedis> {
  const launcher = findRedis();
  if (port !== undefined) return privateRedis({ launcher, port, running: await start(launcher, port) });
  for (let tries = 1; ; tries++) {
    const free = await freePort();
    try {
      return privateRedis({ launcher, port: free, running: await start(launcher, free) });
    } catch (error) {
      // Somebody else may have taken the port in between.
      if (tries === TRIES) throw error;
    }
  }
}

function privateRedis(given: {
  readonly launcher: RedisLauncher;
  readonly port: number;
  readonly running: LaunchedRedis;
}): PrivateRedis {
  const { launcher, port } = given;
  let running: LaunchedRedis | null = given.running;

  async function kill(): Promise<void> {
    running?.kill();
    await running?.ended;
    running = null;
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    origin: launcher.origin,
    stop: kill,
    kill,
    async restart() {
      await kill();
      running = await start(launcher, port);
    },
    pause: () => running?.pause(),
    resume: () => running?.resume(),
  };
}

async function start(launcher: RedisLauncher, port: number): Promise<LaunchedRedis> {
  const launched = launcher.launch(port);
  let reason: string | null = null;
  void launched.ended.then((why) => {
    reason = why;
  });
  for (const giveUpAt = Date.now() + READY_WITHIN_MS; Date.now() < giveUpAt && reason === null; ) {
    // Its own answer counts only while it lives: another server may hold the port.
    if ((await answersPing(port)) && reason === null) return launched;
    await wait(10);
  }
  launched.kill();
  throw new Error(
    `Redis on port ${port} (${launcher.origin}) did not start: ${reason ?? "no answer in 30 s"}.`,
  );
}

async function answersPing(port: number): Promise<boolean> {
  const client = new Redis({
    port,
    host: "127.0.0.1",
    lazyConnect: true,
    retryStrategy: () => null,
    commandTimeout: 1_000,
  });
  // Refusals reject the calls below as well.
  client.on("error", () => {});
  try {
    await client.connect();
    return (await client.ping()) === "PONG";
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
