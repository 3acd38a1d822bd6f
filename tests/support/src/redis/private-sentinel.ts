import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { type PrivateRedis, startPrivateRedis } from "./private-redis.ts";

/** A primary, its replica and three Sentinels that belong to whoever started them. */
export interface PrivateSentinel {
  /** The primary's name. */
  readonly name: string;
  readonly sentinels: readonly { readonly host: string; readonly port: number }[];
  /** The server that is the primary at first. */
  readonly primary: PrivateRedis;
  /** The one that is promoted when the primary is gone. */
  readonly replica: PrivateRedis;
  stop(): Promise<void>;
}

const name = "csat";
const quorum = 2;
const togetherWithinMs = 60_000;

/**
 * Starts the five of them on 127.0.0.1; resolves when the Sentinels know each other and the replica has its copy. They
 * end with this process at the latest.
 * @throws Error that says how to get Redis when there is none, or why it did not work
 */
export async function startPrivateSentinel(): Promise<PrivateSentinel> {
  const started: PrivateRedis[] = [];
  const stop = async () => void (await Promise.all(started.map((server) => server.stop())));
  const start = async (given: Parameters<typeof startPrivateRedis>[0]) => {
    const server = await startPrivateRedis(given);
    started.push(server);
    return server;
  };
  try {
    const settings = { "repl-diskless-sync-delay": "0" };
    const primary = await start({ settings });
    const replica = await start({ settings: { ...settings, replicaof: `127.0.0.1 ${primary.port}` } });
    await until(replica, "the replica has no copy", async (client) =>
      (await client.info("replication")).includes("master_link_status:up"),
    );
    const sentinels = await Promise.all(Array.from({ length: 3 }, () => start({ isSentinel: true })));
    await Promise.all(sentinels.map((sentinel) => watch(sentinel, primary)));
    return {
      name,
      sentinels: sentinels.map(({ port }) => ({ host: "127.0.0.1", port })),
      primary,
      replica,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function watch(sentinel: PrivateRedis, primary: PrivateRedis): Promise<void> {
  await until(sentinel, "a Sentinel takes no orders", async (client) => {
    await client.call("SENTINEL", "MONITOR", name, "127.0.0.1", String(primary.port), String(quorum));
    await client.call("SENTINEL", "SET", name, "down-after-milliseconds", "1000");
    await client.call("SENTINEL", "SET", name, "failover-timeout", "5000");
    return true;
  });
  await until(sentinel, "the Sentinels do not know of each other and of the replica", async (client) => {
    const told = await client.call("SENTINEL", "MASTER", name);
    if (!Array.isArray(told)) return false;
    const count = (field: string) => Number(told[told.indexOf(field) + 1]);
    return count("num-other-sentinels") === 2 && count("num-slaves") === 1;
  });
}

async function until(
  { port }: PrivateRedis,
  failure: string,
  isTrue: (client: Redis) => Promise<boolean>,
): Promise<void> {
  const client = new Redis(port, "127.0.0.1");
  try {
    for (const giveUpAt = Date.now() + togetherWithinMs; Date.now() < giveUpAt; await wait(50))
      if (await isTrue(client)) return;
  } finally {
    client.disconnect();
  }
  throw new Error(`Redis Sentinel: within a minute ${failure}.`);
}
