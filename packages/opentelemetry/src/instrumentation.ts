import { type Meter, metrics, type Tracer, trace } from "@opentelemetry/api";
import manifest from "../package.json" with { type: "json" };

/** Where spans and figures go: the globally registered providers by default. */
export interface OpenTelemetryOptions {
  /** Makes the spans, in place of one of the global provider. */
  readonly tracer?: Tracer;
  /** Makes the counters, histograms and gauges, in place of one of the global provider. */
  readonly meter?: Meter;
}

/** The tracer and the meter to work with. Those of the global providers have the name and the version of this package as their scope. */
export function instrumentation({ tracer, meter }: OpenTelemetryOptions): Required<OpenTelemetryOptions> {
  const { name, version } = manifest;
  return {
    tracer: tracer ?? trace.getTracer(name, version),
    meter: meter ?? metrics.getMeter(name, version),
  };
}
