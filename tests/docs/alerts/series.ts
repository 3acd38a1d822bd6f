import type { Meter } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";

/** A value for each minute by the name of its series, labels included; null where there was none. */
export type Series = Map<string, (number | null)[]>;

/** The figures of one process. */
export interface Figures {
  readonly meter: Meter;
  /** What a scrape would get now: a value for each series. */
  scrape(): Promise<ReadonlyMap<string, number>>;
}

/** Figures of a process by the real SDK, named as Prometheus names what OpenTelemetry sends it. */
export function figuresOf(instance: string): Figures {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter });
  const meter = new MeterProvider({ readers: [reader] }).getMeter("day");
  return {
    meter,
    scrape: async () => {
      exporter.reset();
      await reader.forceFlush();
      const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics[0]?.metrics ?? []);
      return new Map(
        metrics.flatMap(({ descriptor, dataPoints, ...metric }) =>
          dataPoints.flatMap(({ attributes, value }) => {
            if (typeof value !== "number") return [];
            const isCounter = "isMonotonic" in metric && metric.isMonotonic;
            const name = nameOf({ ...descriptor, isCounter });
            return [[`${name}{${labels({ ...attributes, instance })}}`, value] as const];
          }),
        ),
      );
    },
  };
}

/** By "Prometheus and OpenMetrics Compatibility" of OpenTelemetry: units are written out, those in braces are none. */
function nameOf({ name, unit, isCounter }: { name: string; unit: string; isCounter: boolean }): string {
  return [plain(name), ...(unit === "s" ? ["seconds"] : []), ...(isCounter ? ["total"] : [])].join("_");
}

function labels(attributes: Readonly<Record<string, unknown>>): string {
  return Object.entries(attributes)
    .map(([key, value]) => `${plain(key)}="${String(value)}"`)
    .join(",");
}

function plain(name: string): string {
  return name.replaceAll(".", "_");
}
