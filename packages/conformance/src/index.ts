export type {
  ConformanceCase,
  Harness,
  SchedulerCase,
  SchedulerFixture,
  StorageCase,
  StorageFixture,
  TestRunner,
} from "./case.ts";
export { testCases, testScheduler, testStorage } from "./run.ts";
export { schedulerCases } from "./scheduler/scheduler-cases.ts";
export { recordDeliveries } from "./scheduler/worker.ts";
export { knownWithoutHostTransactions } from "./storage/host-transactions.ts";
export { storageCases } from "./storage/storage-cases.ts";
