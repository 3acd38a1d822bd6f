import { expect, test } from "vitest";
import type { CsatOptions } from "../options.ts";
import { readOptions } from "../read-options.ts";
import { startWorker } from "./worker.ts";

const nothing = async () => {};
// Ports that start and stop, and do nothing: the storage is never asked.
const options = {
  storage: {
    settings: {},
    resolutions: {},
    surveys: {},
    responses: {},
    outbox: {},
    journal: {},
    metrics: {},
    transaction: nothing,
    within: nothing,
  },
  scheduler: { schedule: nothing, cancel: nothing, start: async () => ({ stop: nothing }) },
  mailer: { send: nothing },
  tickets: { getTicket: nothing, getTickets: nothing },
  publicUrl: "https://help.example.com/csat",
} as unknown as CsatOptions<never>; // What the check of the options asks for is there.

test.each([Number.NaN, -1, "10"])("a worker is not stopped within %s milliseconds", async (timeoutMs) => {
  const worker = await startWorker(readOptions(options));
  // Callers without types pass anything.
  const given = { timeoutMs: timeoutMs as number };
  await expect(worker.stop(given)).rejects.toMatchObject({
    code: "invalid_input",
    issues: [{ path: "timeoutMs" }],
  });
  await expect(worker.stop({ timeoutMs: Infinity })).resolves.toBe(undefined);
});
