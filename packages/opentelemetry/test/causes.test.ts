import { readFileSync } from "node:fs";
import { metrics, trace } from "@opentelemetry/api";
import {
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  AlwaysOffSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { expect, onTestFinished, test } from "vitest";
import { openTelemetry } from "../src/open-telemetry.ts";
import { aWorld, ticket } from "./a-world.ts";

type World = Awaited<ReturnType<typeof aWorld>>;

/** Ids of the spans of that name, and of those that each of them links to. */
function spansOf({ spans }: World, name: string) {
  return spans()
    .filter((span) => span.name === name)
    .map((span) => ({
      id: span.spanContext().spanId,
      traceId: span.spanContext().traceId,
      links: (span.links ?? []).map(({ context }) => context),
    }));
}

async function stored({ storage }: World): Promise<string> {
  const [head] = await storage.auto.read([{ kind: "ticket", workspaceId: "acme", id: "T1" }]);
  return JSON.stringify(head?.state);
}

test("the span of a send links to the span of the resolution that led to it", async () => {
  const world = await aWorld();
  await world.resolve();
  await world.clock.advance({ hours: 1 });
  await world.csat.runDue();
  const [resolved] = spansOf(world, "csat.tickets_resolved");
  const [sent] = spansOf(world, "csat.send_survey");
  expect(sent?.links).toEqual([
    { traceId: resolved?.traceId, spanId: resolved?.id, traceFlags: 1, isRemote: true },
  ]);
  expect(sent?.traceId).not.toBe(resolved?.traceId);
});

test("after a reopening it links to the later resolution, in a retry as well", async () => {
  const world = await aWorld();
  await world.resolve();
  await world.csat.ticketLeft({ ...ticket, at: world.clock.now(), reason: "reopened" });
  await world.clock.advance({ minutes: 5 });
  await world.resolve();
  world.mailer.answerNext({ kind: "unavailable", error: "450", concerns: "recipient" });
  await world.clock.advance({ hours: 1 });
  await world.csat.runDue();
  await world.clock.advance({ minutes: 1 });
  await world.csat.runDue();
  const [, later] = spansOf(world, "csat.tickets_resolved");
  const linked = spansOf(world, "csat.send_survey").map(({ links }) => links.map(({ spanId }) => spanId));
  expect(linked).toEqual([[later?.id], [later?.id]]);
});

test("a resolution that was remembered is what the survey links to once it counts", async () => {
  const world = await aWorld();
  const first = world.clock.now();
  await world.resolve();
  await world.clock.advance({ minutes: 10 });
  await world.resolve();
  await world.csat.ticketLeft({ ...ticket, at: new Date(first.getTime() + 60_000), reason: "reopened" });
  await world.clock.advance({ hours: 1 });
  await world.csat.runDue();
  const [, remembered] = spansOf(world, "csat.tickets_resolved");
  const [sent] = spansOf(world, "csat.send_survey");
  expect(sent?.links.map(({ spanId }) => spanId)).toEqual([remembered?.id]);
});

test("what is kept for it is 55 characters, and nothing where no span is recorded", async () => {
  const recorded = await aWorld();
  await recorded.resolve();
  expect(await stored(recorded)).toMatch(/"trace":"00-[0-9a-f]{32}-[0-9a-f]{16}-01"/);
  const untold = await aWorld({ sampler: new AlwaysOffSampler() });
  await untold.resolve();
  await untold.resolve();
  expect(await stored(untold)).not.toContain("trace");
  await untold.clock.advance({ hours: 1 });
  await untold.csat.runDue();
  expect(untold.mailer.sent).toHaveLength(1);
});

test("the scope of spans and figures has this package's name and version", async () => {
  const { name, version }: { readonly name: string; readonly version: string } = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  const spans = new InMemorySpanExporter();
  const figures = new InMemoryMetricExporter(1);
  const reader = new PeriodicExportingMetricReader({ exporter: figures });
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }),
  );
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  onTestFinished(() => {
    trace.disable();
    metrics.disable();
  });
  const telemetry = openTelemetry();
  await telemetry.span("sweep", {}, async () => telemetry.count("sweeps", 1, {}));
  await reader.forceFlush();
  const scopes = [
    spans.getFinishedSpans()[0]?.instrumentationScope,
    figures.getMetrics()[0]?.scopeMetrics[0]?.scope,
  ];
  for (const scope of scopes) expect(scope).toMatchObject({ name, version });
});
