import { bullmqScheduler } from "@csat/bullmq";
import type { Clock, Scheduler } from "@csat/core";
import { inProcessScheduler } from "@csat/memory";
import { terminalLogger as logger } from "./terminal-logger.ts";

/** What wakes the worker when a survey is due, and how to let go of it. */
export interface HelpdeskScheduler {
  readonly scheduler: Scheduler;
  /** Rejects when Redis does not answer; null without one. */
  readonly ping: (() => Promise<void>) | null;
  readonly close: () => Promise<void>;
}

/**
 * BullMQ on this Redis, or timers of this process when there is none. BullMQ waits in real time and knows nothing of
 * the demo's offset: when somebody moves the clock on, `background.ts` does what became due, and the job that comes at
 * its real time finds nothing left to do. @throws CsatError `invalid_config`
 */
export function openScheduler(parts: {
  readonly redisUrl: string | null;
  readonly clock: Clock;
}): HelpdeskScheduler {
  const { redisUrl, clock } = parts;
  if (redisUrl === null) {
    return { scheduler: inProcessScheduler({ clock, logger }), ping: null, close: async () => {} };
  }
  const scheduler = bullmqScheduler({ connection: redisUrl, prefix: "helpdesk", clock, logger });
  return { scheduler, ping: scheduler.ping, close: () => scheduler.close() };
}
