import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "../free-port.ts";
import { findRedis } from "./find-redis.ts";
import type { LaunchedRedis, RedisLaunch, RedisLauncher } from "./launcher.ts";

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
 * with this process at the latest. A port that `findPort` names may be taken meanwhile: then it is asked again.
 * @throws Error that says how to get Redis when there is none, or why it did not start
 */
export async function startPrivateRedis({
  port,
  findPort = freePort,
  ...launch
}: Partial<RedisLaunch> & { readonly findPort?: () => Promise<number> } = {}): Promise<PrivateRedis> {
  const launcher = findRedis();
  const startOn = async (wanted: number) => {
    const whole = { ...launch, port: wanted };
    return privateRedis({ launcher, launch: whole, running: await start(launcher, whole) });
  };
  if (port !== undefined) return startOn(port);
  for (let tries = 1; ; tries++) {
    const free = await findPort();
    try {
      return await startOn(free);
    } catch (error) {
      // Somebody else may have taken the port in between.
      if (tries === TRIES) throw error;
    }
  }
}

function privateRedis(given: {
  readonly launcher: RedisLauncher;
  readonly launch: RedisLaunch;
  readonly running: LaunchedRedis;
}): PrivateRedis {
  const { launcher, launch } = given;
  const { port } = launch;
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
      running = await start(launcher, launch);
    },
    pause: () => running?.pause(),
    resume: () => running?.resume(),
  };
}

async function start(launcher: RedisLauncher, launch: RedisLaunch): Promise<LaunchedRedis> {
  const { port } = launch;
  const launched = launcher.launch(launch);
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
