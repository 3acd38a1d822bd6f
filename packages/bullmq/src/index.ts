export { type BullmqScheduler, bullmqScheduler } from "./bullmq-scheduler.ts";
export type { BullmqSchedulerOptions } from "./bullmq-scheduler-options.ts";
export type { ClusterConnection, RedisClient } from "./redis-connection.ts";
