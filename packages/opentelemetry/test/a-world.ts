import { type Csat, createCsat, type DeliveryResult, type WebhookTransport } from "@csat/core";
import {
  fakeClock,
  inProcessScheduler,
  memoryMailer,
  memoryStorage,
  memoryTickets,
  memoryWebhookTransport,
} from "@csat/memory";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type Sampler,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { openTelemetry } from "../src/open-telemetry.ts";

/** The ticket that every test resolves. */
export const ticket = { workspaceId: "acme", ticketId: "T1" };

/** What the host knows of it. */
export const ticketOf = {
  customer: { name: "Dana Doe", email: "dana@example.com", locale: null },
  subject: "My secret printer",
};

/** A helpdesk whose telemetry goes to the real SDK, which keeps it in memory. Surveys leave an hour after a resolution. */
export async function aWorld(
  given: { readonly sampler?: Sampler; readonly result?: () => DeliveryResult } = {},
) {
  const spans = new InMemorySpanExporter();
  const figures = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: figures });
  const tracing = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(spans)],
    ...(given.sampler === undefined ? {} : { sampler: given.sampler }),
  });
  const metering = new MeterProvider({ readers: [reader] });
  const clock = fakeClock("2026-03-02T09:00:00Z");
  const mailer = memoryMailer();
  const tickets = memoryTickets();
  const storage = memoryStorage();
  const webhooks: WebhookTransport =
    given.result === undefined
      ? memoryWebhookTransport()
      : memoryWebhookTransport({
          endpoints: [{ id: "crm", url: "https://crm.example.com" }],
          result: given.result,
        });
  const [tracer, meter] = [tracing.getTracer("test"), metering.getMeter("test")];
  const csat: Csat = createCsat({
    storage,
    scheduler: inProcessScheduler({ clock }),
    mailer,
    tickets,
    webhooks,
    publicUrl: "https://help.example.com/csat",
    clock,
    telemetry: openTelemetry({ tracer, meter }),
  });
  await csat.updateSettings("acme", { enabled: true, sendDelay: "1_hour" });
  /** What was exported last. */
  const collected = async () => {
    await reader.forceFlush();
    return figures.getMetrics().at(-1)?.scopeMetrics ?? [];
  };
  return {
    csat,
    storage,
    clock,
    mailer,
    tickets,
    tracer,
    meter,
    spans: () => spans.getFinishedSpans(),
    collected,
    resolve: async (ticketId = "T1") => {
      tickets.put("acme", { ...ticketOf, ticketId, status: "resolved" });
      await csat.ticketResolved({ ...ticket, ticketId, actorId: "bob", resolvedAt: clock.now() });
    },
    /** `csat.surveys.sent` or `csat.surveys.skipped csat_disabled` → value; a histogram's value is its sum. */
    figures: async () => {
      const points = (await collected())
        .flatMap((scope) => scope.metrics)
        .flatMap((metric) =>
          metric.dataPoints.map(({ attributes, value }) => [
            [metric.descriptor.name, ...Object.values(attributes)].join(" "),
            typeof value === "object" ? value.sum : value,
          ]),
        );
      return Object.fromEntries(points);
    },
  };
}
