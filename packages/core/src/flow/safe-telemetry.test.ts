import { expect, test, vi } from "vitest";
import type { Telemetry, TelemetryStep } from "../ports/telemetry.ts";
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

type Work = (step: TelemetryStep) => Promise<never>;
const step: TelemetryStep = { trace: null, failed() {} };

test.each([
  ["throws", broken.span],
  ["rejects before the work", async () => Promise.reject(new Error("no tracer"))],
  ["never answers", () => new Promise<never>(() => {})],
  [
    "does the work twice",
    async (_name: unknown, _attributes: unknown, work: Work) => {
      await work(step);
      return work(step);
    },
  ],
])("a span that %s costs itself: the work is done once and its result comes through", async (_how, span) => {
  const work = vi.fn<() => Promise<string>>(async () => "result");
  expect(await safeTelemetry({ ...broken, span }).span("sweep", {}, work)).toBe("result");
  expect(work).toHaveBeenCalledTimes(1);
});

test("the work's own error comes through a span, and is thrown once", async () => {
  const work = vi.fn<() => Promise<never>>(async () => Promise.reject(new Error("storage_failed")));
  const telemetry: Telemetry = { ...broken, span: (_name, _attributes, run) => run(step) };
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

const traced = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";

test.each<readonly [unknown, string | null]>([
  [traced, traced],
  [null, null],
  [undefined, null],
  [42, null],
  ["", null],
  [`${traced}-more`, null],
  [traced.toUpperCase(), null],
  [`ff${traced.slice(2)}`, null],
])(
  "of what a telemetry gives as its trace, %j counts as %j: nothing else is ever stored",
  async (given, kept) => {
    // A telemetry in JavaScript may give anything.
    const telemetry: Telemetry = {
      ...broken,
      span: (_name, _attributes, work) => work({ ...step, trace: given as string }),
    };
    expect(await safeTelemetry(telemetry).span("sweep", {}, async ({ trace }) => trace)).toBe(kept);
  },
);

test("a telemetry that passes no step, or one that throws, costs the trace alone", async () => {
  const thrower = {
    get trace(): string {
      throw new Error("no trace");
    },
    failed() {
      throw new Error("no span");
    },
  };
  for (const given of [undefined, thrower]) {
    // As above.
    const span = (_name: unknown, _attributes: unknown, work: Work) => work(given as TelemetryStep);
    const told = safeTelemetry({ ...broken, span }).span("sweep", {}, async ({ trace, failed }) => {
      failed("timeout");
      return trace;
    });
    expect(await told).toBeNull();
  }
});
