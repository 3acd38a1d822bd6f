// Runs in a thread whose heap is limited: one that needs more ends with ERR_WORKER_OUT_OF_MEMORY.
import { parentPort, workerData } from "node:worker_threads";
import { readReport } from "../../src/index.ts";
import { hostileShapes } from "./shapes.ts";

const sizes: readonly number[] = workerData;
const read: string[] = [];
for (const [name, shape] of Object.entries(hostileShapes)) {
  for (const size of sizes) {
    await readReport(shape(size));
    read.push(`${name}, ${size}`);
  }
}
parentPort?.postMessage(read);
