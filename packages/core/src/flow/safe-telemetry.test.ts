import { expect, test, vi } from "vitest";
import type { Telemetry } from "../ports/telemetry.ts";
import { safeTelemetry } from "./safe-telemetry.ts";

const broken: Telemetry = {
  count() {
    throw new Error("no counter");
  },
  record() {
    throw new Error("no histogram");
  },
  span() {
    throw new Error("no tracer");
  },
};

test.each([
  ["throws", broken.span],
  ["rejects before the work", async () => Promise.reject(new Error("no tracer"))],
  ["never answers", () => new Promise<never>(() => {})],
  [
    "does the work twice",
    async (_name: unknown, _attributes: unknown, work: () => Promise<never>) => {
      await work();
      return work();
    },
  ],
])("a span that %s costs itself: the work is done once and its result comes through", async (_how, span) => {
  const work = vi.fn<() => Promise<string>>(async () => "result");
  expect(await safeTelemetry({ ...broken, span }).span("sweep", {}, work)).toBe("result");
  expect(work).toHaveBeenCalledTimes(1);
});

test("the work's own error comes through a span, and is thrown once", async () => {
  const work = vi.fn<() => Promise<never>>(async () => Promise.reject(new Error("storage_failed")));
  const telemetry: Telemetry = { ...broken, span: (_name, _attributes, run) => run() };
  await expect(safeTelemetry(telemetry).span("sweep", {}, work)).rejects.toThrow("storage_failed");
  expect(work).toHaveBeenCalledTimes(1);
});

test("a counter or a histogram that throws costs its figure alone", () => {
  const telemetry = safeTelemetry(broken);
  expect(() => {
    telemetry.count("surveys.sent", 1, {});
    telemetry.record("surveys.lag", 1, {});
  }).not.toThrow();
});
