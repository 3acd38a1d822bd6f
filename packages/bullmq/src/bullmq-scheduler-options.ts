import type { Clock, Logger } from "@csat/core";
import type { RedisOptions } from "ioredis";
import type { ClusterConnection, RedisClient } from "./redis-connection.ts";

/** Settings of `bullmqScheduler`. */
export interface BullmqSchedulerOptions {
  /**
   * Redis 6.2 or newer, or Valkey: a URL (`redis:`, `rediss:`), options of ioredis (Sentinel's included), nodes of a
   * Redis Cluster as `{ cluster: [node, …] }`, or a client or cluster client of the host. From anything but a client the
   * scheduler makes connections of its own, the first one when it is first used, and `close` ends them. A client stays
   * the host's and is never closed; each started worker adds two duplicates of it, which end with it.
   */
  readonly connection: string | RedisOptions | ClusterConnection | RedisClient;
  /**
   * Starts every key in Redis. Processes that share work use the same one. On a cluster a prefix without braces gets
   * them, `{csat}`, for the keys of a queue have to be in one slot. Default `csat`.
   */
  readonly prefix?: string;
  /** The BullMQ queue, without ":". Default `wake-ups`. */
  readonly queueName?: string;
  /** How long one step of a call waits for Redis before it rejects and the breaker opens, in milliseconds. Default 200. */
  readonly timeoutMs?: number;
  /** What times are compared with when a wake-up is scheduled; the waiting is BullMQ's. The system's by default. */
  readonly clock?: Clock;
  /** Told of outages, their ends, and jobs that fail, by ids and kinds of error. The console hears warnings and errors by default. */
  readonly logger?: Logger;
}
