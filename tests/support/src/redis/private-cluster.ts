import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "../free-port.ts";
import { type PrivateRedis, startPrivateRedis } from "./private-redis.ts";

/** A Redis Cluster of three primaries with a replica each, that belongs to whoever started it. */
export interface PrivateCluster {
  /** All six, `{ host, port }`: any one that answers tells of the others. */
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  /** In words, where the servers come from. */
  readonly origin: string;
  /** The server that is the primary for this key now. Asks those that run. */
  primaryOf(key: string): Promise<PrivateRedis>;
  /** Resolves when another server than `old` is the primary for this key, and takes its writes. */
  failedOver(key: string, old: PrivateRedis): Promise<void>;
  stop(): Promise<void>;
}

const slotCount = 16_384;
const primaries = 3;
const joinedWithinMs = 60_000;
const settings = {
  "cluster-enabled": "yes",
  "cluster-config-file": "nodes.conf",
  // After so many ms of silence the others agree that a node is gone.
  "cluster-node-timeout": "1000",
  "cluster-replica-validity-factor": "0",
  "repl-diskless-sync-delay": "0",
};

/**
 * Starts six servers on 127.0.0.1 and makes a cluster of them, without redis-cli. They end with this process at the
 * latest.
 * @throws Error that says how to get Redis when there is none, or why no cluster came of it
 */
export async function startPrivateCluster(): Promise<PrivateCluster> {
  const servers: PrivateRedis[] = [];
  const stop = async () => void (await Promise.all(servers.map((server) => server.stop())));
  try {
    // One after another: each needs two ports that are free.
    for (let count = 0; count < 2 * primaries; count++)
      servers.push(await startPrivateRedis({ settings, findPort: freeClusterPort }));
    await join(servers);
  } catch (error) {
    await stop();
    throw error;
  }
  const primaryOf = (key: string) => primaryAmong(servers, key);
  return {
    nodes: servers.map(({ port }) => ({ host: "127.0.0.1", port })),
    origin: servers[0]?.origin ?? "",
    primaryOf,
    failedOver: (key, old) =>
      until(`no replica took over from ${old.url}`, async () => {
        const now = await primaryOf(key);
        return now !== old && (await isUp(now));
      }),
    stop,
  };
}

/** Nodes talk to each other on a port that is 10,000 higher. */
async function freeClusterPort(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (port + 10_000 <= 65_535) return port;
  }
}

async function join(servers: readonly PrivateRedis[]): Promise<void> {
  const clients = servers.map(({ port }) => new Redis(port, "127.0.0.1"));
  try {
    const [first] = servers;
    for (const [place, client] of clients.entries()) {
      await client.call("CLUSTER", "SET-CONFIG-EPOCH", String(place + 1));
      if (place > 0) await client.call("CLUSTER", "MEET", "127.0.0.1", String(first?.port));
      if (place < primaries) await client.call("CLUSTER", "ADDSLOTS", ...slotsOf(place));
    }
    const ids = await Promise.all(
      clients.map(async (client) => String(await client.call("CLUSTER", "MYID"))),
    );
    await untilAll(clients, "the nodes did not meet", async (client) => {
      const known = String(await client.call("CLUSTER", "NODES"));
      return ids.every((id) => known.includes(id)) && !known.includes("handshake");
    });
    for (const [place, client] of clients.entries()) {
      if (place >= primaries) await client.call("CLUSTER", "REPLICATE", String(ids[place - primaries]));
    }
    await untilAll(clients, "the cluster is not whole", isWhole);
  } finally {
    for (const client of clients) client.disconnect();
  }
}

function slotsOf(place: number): readonly string[] {
  const from = Math.ceil((slotCount * place) / primaries);
  const end = Math.ceil((slotCount * (place + 1)) / primaries);
  return Array.from({ length: end - from }, (_, index) => String(from + index));
}

/** Every slot is served, and this node has its copy, or is copied. */
async function isWhole(client: Redis): Promise<boolean> {
  const state = String(await client.call("CLUSTER", "INFO"));
  const copies = await client.info("replication");
  const isCopied = copies.includes("state=online") || copies.includes("master_link_status:up");
  return state.includes("cluster_state:ok") && isCopied;
}

async function primaryAmong(servers: readonly PrivateRedis[], key: string): Promise<PrivateRedis> {
  for (const server of servers) {
    const owner = await asked(server, async (client) => {
      const slot = Number(await client.call("CLUSTER", "KEYSLOT", key));
      return portOf(await client.call("CLUSTER", "SLOTS"), slot);
    });
    const found = servers.find(({ port }) => port === owner);
    if (found !== undefined) return found;
  }
  throw new Error(`No node knows who has the slot of ${key}.`);
}

/** The port of the primary in an answer to CLUSTER SLOTS: `[from, to, [host, port, id], …replicas]` each. */
function portOf(answer: unknown, slot: number): number | null {
  if (!Array.isArray(answer)) return null;
  for (const range of answer) {
    if (Array.isArray(range) && range[0] <= slot && slot <= range[1]) return Number(range[2]?.[1]);
  }
  return null;
}

async function isUp(server: PrivateRedis): Promise<boolean> {
  const found = await asked(server, async (client) => String(await client.call("CLUSTER", "INFO")));
  return found?.includes("cluster_state:ok") ?? false;
}

/** Null when it does not answer. */
async function asked<Answer>(
  { port }: PrivateRedis,
  ask: (client: Redis) => Promise<Answer>,
): Promise<Answer | null> {
  const client = new Redis(port, "127.0.0.1", {
    retryStrategy: () => null,
    commandTimeout: 1_000,
    maxRetriesPerRequest: 0,
  });
  client.on("error", () => {});
  try {
    return await ask(client);
  } catch {
    return null;
  } finally {
    client.disconnect();
  }
}

async function untilAll(
  clients: readonly Redis[],
  failure: string,
  isTrue: (client: Redis) => Promise<boolean>,
): Promise<void> {
  await until(failure, async () => (await Promise.all(clients.map(isTrue))).every(Boolean));
}

async function until(failure: string, isTrue: () => Promise<boolean>): Promise<void> {
  for (const giveUpAt = Date.now() + joinedWithinMs; Date.now() < giveUpAt; await wait(20))
    if (await isTrue()) return;
  throw new Error(`Redis Cluster: within a minute ${failure}.`);
}
