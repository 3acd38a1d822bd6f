import { Redis, type RedisOptions } from "ioredis";

/** The scheduler's way to Redis. */
export interface RedisConnection {
  /** What calls go over. */
  readonly redis: Redis;
  /** Resolves when commands would be sent at once; connects for it when nothing else does. May never resolve. */
  whenReady(): Promise<void>;
  /** A new connection for a worker. It, and the duplicates that BullMQ makes of it, try to connect until `ended`. */
  forWorker(ended: AbortSignal): Redis;
  /** Drops a connection that is our own and makes a new one: the old may hang forever. */
  renew(): void;
  /** Ends a connection that is our own, and listens to a shared one no more. */
  close(): void;
}

const longestRetryMs = 2_000;
const retryStrategy = (times: number) => Math.min(100 * times, longestRetryMs);
/** A worker's commands wait for Redis; time limits of the host's client would end its blocking ones. */
const worker = {
  lazyConnect: false,
  maxRetriesPerRequest: null,
  enableOfflineQueue: true,
  keepAlive: 10_000,
  commandTimeout: undefined,
} as const;

/** Opens nothing yet; see `BullmqSchedulerOptions.connection`. `onReady` follows each connect. */
export function redisConnection(given: {
  readonly connection: string | RedisOptions | Redis;
  readonly onReady: () => void;
  readonly onError: (error: unknown) => void;
}): RedisConnection {
  const { connection, onReady, onError } = given;
  const isShared = isClient(connection);
  const redis = isShared ? connection : ownClient(connection);
  let ready: Promise<void> | null = null;
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
      return redis.duplicate({
        ...worker,
        retryStrategy: (times: number) => (ended.aborted ? null : retryStrategy(times)),
      });
    },
    renew() {
      if (!isShared && redis.status !== "wait") redis.disconnect(true);
    },
    close() {
      redis.off("ready", onReady);
      if (isShared) redis.off("error", onError);
      else redis.disconnect();
    },
  };
}

/** True for a client of ioredis, of any copy of that package. */
export function isClient(value: unknown): value is Redis {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof Reflect.get(value, "duplicate") === "function" &&
    typeof Reflect.get(value, "defineCommand") === "function"
  );
}

function ownClient(connection: string | RedisOptions): Redis {
  const options = {
    // Over a live connection or not at all: nothing piles up in memory.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy,
    keepAlive: 10_000,
    lazyConnect: true,
    // What BullMQ reads.
    replyMapping: "legacy",
  } as const;
  return typeof connection === "string"
    ? new Redis(connection, options)
    : new Redis({ ...connection, ...options });
}
