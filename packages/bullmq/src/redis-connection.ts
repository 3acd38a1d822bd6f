import { Cluster, type ClusterNode, type ClusterOptions, Redis, type RedisOptions } from "ioredis";
import { isReadOnly } from "./redis-trouble.ts";

/** Nodes of a Redis Cluster, some of which answer when it is looked for, and options of ioredis for a cluster. */
export interface ClusterConnection extends ClusterOptions {
  /** `redis://host:port`, or `{ host, port }`. The others are learned from the first that answers. */
  readonly cluster: readonly ClusterNode[];
}

/** A client of ioredis, for one server or for a cluster. */
export type RedisClient = Redis | Cluster;

/** The scheduler's way to Redis. */
export interface RedisConnection {
  /** What calls go over. */
  readonly redis: RedisClient;
  /** Resolves when commands would be sent at once; connects for it when nothing else does. May never resolve. */
  whenReady(): Promise<void>;
  /** A new connection for a worker. It, and the duplicates that BullMQ makes of it, try to connect until `ended`. */
  forWorker(ended: AbortSignal): RedisClient;
  /** Drops a connection that is our own and makes a new one: the old may hang forever, or reach a replica. */
  renew(): void;
  /** Ends a connection that is our own, and listens to a shared one no more. */
  close(): void;
}

const longestRetryMs = 2_000;
const closedWithinMs = 1_000;
const retryStrategy = (times: number) => Math.min(100 * times, longestRetryMs);
const keepAlive = 10_000;
/** What BullMQ reads. */
const replyMapping = "legacy";
/** A worker's commands wait for Redis; time limits of the host's client would end its blocking ones. */
const worker = { maxRetriesPerRequest: null, commandTimeout: undefined, keepAlive, replyMapping } as const;
// A node that answers nobody any more is noticed by asking the others; what waits for it fails then and is sent again.
const slotsRefreshInterval = 5_000;

/** Opens nothing yet; see `BullmqSchedulerOptions.connection`. `onReady` follows each connect. */
export function redisConnection(given: {
  readonly connection: string | RedisOptions | ClusterConnection | RedisClient;
  readonly onReady: () => void;
  readonly onError: (error: unknown) => void;
}): RedisConnection {
  const { connection, onReady, onError } = given;
  const isShared = isClient(connection);
  const redis = isShared ? connection : ownClient(connection);
  let ready: Promise<void> | null = null;
  let closing: ReturnType<typeof setTimeout> | undefined;
  redis.on("ready", onReady);
  redis.on("error", onError);

  return {
    redis,
    whenReady() {
      if (redis.status === "ready") return Promise.resolve();
      // Rejections come as `error` events, too.
      if (redis.status === "wait") redis.connect().catch(() => {});
      ready ??= new Promise((resolve) => {
        redis.once("ready", () => {
          ready = null;
          resolve();
        });
      });
      return ready;
    },
    forWorker(ended) {
      const untilEnded = (times: number) => (ended.aborted ? null : retryStrategy(times));
      const shared = { lazyConnect: false, enableOfflineQueue: true };
      if (isClusterClient(redis))
        return redis.duplicate([], {
          slotsRefreshInterval,
          ...redis.options,
          ...shared,
          clusterRetryStrategy: untilEnded,
          redisOptions: { ...redis.options.redisOptions, ...worker },
        });
      return redis.duplicate({
        ...shared,
        ...worker,
        retryStrategy: untilEnded,
        reconnectOnError: isReadOnly,
      });
    },
    renew() {
      if (isShared || redis.status === "wait") return;
      if (!isClusterClient(redis)) return redis.disconnect(true);
      // While a cluster's client looks for nodes it has none to drop, and goes on by itself.
      if (redis.status !== "ready" && redis.status !== "connect") return;
      redis.disconnect(true);
      // It connects again when its last node is gone. One that it heard of in between is never connected to, and so never goes.
      clearTimeout(closing);
      closing = setTimeout(() => {
        if (redis.status === "disconnecting") redis.connect().catch(() => {});
      }, closedWithinMs);
    },
    close() {
      clearTimeout(closing);
      redis.off("ready", onReady);
      if (isShared) redis.off("error", onError);
      else redis.disconnect();
    },
  };
}

/** True for a client of ioredis, of any copy of that package. */
export function isClient(value: unknown): value is RedisClient {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof Reflect.get(value, "duplicate") === "function" &&
    typeof Reflect.get(value, "defineCommand") === "function"
  );
}

/** True for settings of a cluster; false for a client of one. */
export function isClusterConnection(value: unknown): value is ClusterConnection {
  return typeof value === "object" && value !== null && !isClient(value) && "cluster" in value;
}

function isClusterClient(value: unknown): value is Cluster {
  return isClient(value) && Reflect.get(value, "isCluster") === true;
}

/**
 * What starts every key. A cluster takes a script only when all its keys are in one slot, which the text in the first
 * braces decides: a prefix without any is put into braces there.
 */
export function keyPrefix(prefix: string, connection: unknown): string {
  if (!isClusterConnection(connection) && !isClusterClient(connection)) return prefix;
  return /^[^{]*\{[^}]+\}/.test(prefix) ? prefix : `{${prefix}}`;
}

function ownClient(connection: string | RedisOptions | ClusterConnection): RedisClient {
  if (isClusterConnection(connection)) return ownCluster(connection);
  const options = {
    // Over a live connection or not at all: nothing piles up in memory.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy,
    keepAlive,
    lazyConnect: true,
    replyMapping,
  } as const;
  if (typeof connection === "string") return new Redis(connection, options);
  // Sentinels tell of a new primary; the old one may still hold connections, and answer nothing.
  const ofSentinel = connection.sentinels === undefined ? {} : { failoverDetector: true };
  return new Redis({ ...ofSentinel, ...connection, ...options });
}

function ownCluster({ cluster, ...options }: ClusterConnection): Cluster {
  return new Cluster([...cluster], {
    slotsRefreshInterval,
    ...options,
    // Of a node that is being connected to; calls wait until the cluster is known.
    enableOfflineQueue: true,
    lazyConnect: true,
    clusterRetryStrategy: retryStrategy,
    redisOptions: { keepAlive, ...options.redisOptions, replyMapping },
  });
}
