import { metrics, trace } from "@opentelemetry/api";
import {
  ConsoleMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, BatchSpanProcessor, ConsoleSpanExporter } from "@opentelemetry/sdk-trace-base";

/**
 * Registers the process's tracer and meter; the library finds them through `@opentelemetry/api`. Here they print: put
 * the exporters of your vendor in their place. Returns how to send what is left.
 */
export function startTelemetry(given: { readonly console: boolean }): () => Promise<void> {
  if (!given.console) return async () => {};
  const tracing = new BasicTracerProvider({
    spanProcessors: [new BatchSpanProcessor(new ConsoleSpanExporter())],
  });
  const metering = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter: new ConsoleMetricExporter() })],
  });
  trace.setGlobalTracerProvider(tracing);
  metrics.setGlobalMeterProvider(metering);
  return async () => {
    await tracing.shutdown();
    await metering.shutdown();
  };
}
