import type { Clock, Logger } from "@csat/core";
import type { Redis, RedisOptions } from "ioredis";

/** Settings of `bullmqScheduler`. */
export interface BullmqSchedulerOptions {
  /**
   * Redis 6.2 or newer, or Valkey: a URL (`redis:`, `rediss:`), options of ioredis, or a client of the host. From a URL or
   * options the scheduler makes connections of its own, the first one when it is first used, and `close` ends them. A
   * client stays the host's and is never closed; each started worker adds two duplicates of it, which end with it.
   */
  readonly connection: string | RedisOptions | Redis;
  /** Starts every key in Redis. Processes that share work use the same one. Default `csat`. */
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
