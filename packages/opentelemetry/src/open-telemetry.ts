import { errorCode, isCsatError, type Telemetry } from "@csat/core";
import { type Meter, metrics, type Span, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";
import { counters, durations, type Instrument, lagBoundaries } from "./instruments.ts";

/** Where spans and figures go: the globally registered providers by default. */
export interface OpenTelemetryOptions {
  /** Makes the spans, in place of one of the global provider. */
  readonly tracer?: Tracer;
  /** Makes the counters and histograms, in place of one of the global provider. */
  readonly meter?: Meter;
}

/**
 * The `telemetry` option of `createCsat`: a span for each step of the flow, counters of what became of surveys, mails,
 * answers and deliveries, and histograms of how late they were. Register your providers before you call it. Without
 * any it costs next to nothing and tells nobody.
 *
 * Spans carry ids, reasons and the code of an error; neither they nor the figures hold a token, an address, a subject,
 * a comment or the message of an error.
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): Telemetry {
  const { tracer = trace.getTracer("csat"), meter = metrics.getMeter("csat") } = options;
  const counting = mapValues(counters, ({ name, ...described }) => meter.createCounter(name, described));
  const measuring = mapValues(durations, ({ name, ...described }) =>
    meter.createHistogram(name, {
      ...described,
      advice: { explicitBucketBoundaries: [...lagBoundaries] },
    }),
  );
  return {
    count: (name, by, attributes) => counting[name].add(by, prefixed(attributes)),
    record: (name, durationMs, attributes) =>
      measuring[name].record(Math.max(0, durationMs) / 1_000, prefixed(attributes)),
    span: (name, attributes, work) =>
      tracer.startActiveSpan(`csat.${name}`, { attributes: prefixed(attributes) }, async (span) => {
        try {
          return await work();
        } catch (error) {
          tellFailure(span, error);
          throw error;
        } finally {
          span.end();
        }
      }),
  };
}

/** The code alone: messages of foreign errors may hold anything. What a customer did wrong is no failure of ours. */
function tellFailure(span: Span, error: unknown): void {
  const code = isCsatError(error) ? error.code : (errorCode(error) ?? "_OTHER");
  span.setAttribute("error.type", code);
  if (!customerErrors.has(code)) span.setStatus({ code: SpanStatusCode.ERROR });
}

const customerErrors: ReadonlySet<string> = new Set([
  "survey_not_found",
  "invalid_input",
  "already_responded",
]);

function prefixed(attributes: Readonly<Record<string, string | number>>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`csat.${snake(key)}`, value]));
}

/** `surveyId` → `survey_id`. */
function snake(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function mapValues<Name extends string, Made>(
  described: Readonly<Record<Name, Instrument>>,
  make: (instrument: Instrument) => Made,
): Readonly<Record<Name, Made>> {
  const made = Object.entries<Instrument>(described).map(([name, instrument]) => [name, make(instrument)]);
  // The same names as before, each with what was made of it.
  return Object.fromEntries(made) as Record<Name, Made>;
}
