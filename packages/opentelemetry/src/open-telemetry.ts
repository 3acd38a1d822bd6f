import { errorCode, isCsatError, type Telemetry } from "@csat/core";
import { isSpanContextValid, type Link, type Span, SpanStatusCode } from "@opentelemetry/api";
import { instrumentation, type OpenTelemetryOptions } from "./instrumentation.ts";
import { counters, durations, type Instrument, lagBoundaries } from "./instruments.ts";

/**
 * The `telemetry` option of `createCsat`: a span for each step of the flow, counters of what became of surveys, mails,
 * answers and deliveries, and histograms of how late they were. Register your providers before you call it. Without
 * any it costs next to nothing and tells nobody.
 *
 * A step that failed carries `error.type`; so does each counter of failures. The span of a send links to that of the
 * resolution that led to it, which may have ended days before in another process.
 *
 * Spans carry ids, reasons and the code of an error; neither they nor the figures hold a token, an address, a subject,
 * a comment or the message of an error.
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): Telemetry {
  const { tracer, meter } = instrumentation(options);
  const counting = mapValues(counters, ({ name, ...described }) => meter.createCounter(name, described));
  const measuring = mapValues(durations, ({ name, ...described }) =>
    meter.createHistogram(name, {
      ...described,
      advice: { explicitBucketBoundaries: [...lagBoundaries] },
    }),
  );
  return {
    count: (name, by, attributes) => counting[name].add(by, conventional(attributes)),
    record: (name, durationMs, attributes) =>
      measuring[name].record(Math.max(0, durationMs) / 1_000, conventional(attributes)),
    span: (name, attributes, work, cause = null) => {
      const described = { attributes: conventional(attributes), links: linksTo(cause) };
      return tracer.startActiveSpan(`csat.${name}`, described, async (span) => {
        try {
          return await work({ trace: traceparentOf(span), failed: (errorType) => fail(span, errorType) });
        } catch (error) {
          tellFailure(span, error);
          throw error;
        } finally {
          span.end();
        }
      });
    },
  };
}

/** The code alone: messages of foreign errors may hold anything. What a customer did wrong is no failure of ours. */
function tellFailure(span: Span, error: unknown): void {
  const code = isCsatError(error) ? error.code : (errorCode(error) ?? "_OTHER");
  if (customerErrors.has(code)) span.setAttribute("error.type", code);
  else fail(span, code);
}

function fail(span: Span, errorType: string): void {
  span.setAttribute("error.type", errorType);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** What a later step links to; null for a span that nobody records: a link to it would lead nowhere. */
function traceparentOf(span: Span): string | null {
  const { traceId, spanId, traceFlags } = span.spanContext();
  if (!span.isRecording()) return null;
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
}

function linksTo(cause: string | null): Link[] {
  const [, traceId = "", spanId = "", flags = ""] = /^00-(\w{32})-(\w{16})-(\w{2})$/.exec(cause ?? "") ?? [];
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(context) ? [{ context }] : [];
}

const customerErrors: ReadonlySet<string> = new Set([
  "survey_not_found",
  "invalid_input",
  "already_responded",
]);

/** Ours begin with `csat.`; what kind an error was has a name that every library shares. */
function conventional(
  attributes: Readonly<Record<string, string | number>>,
): Record<string, string | number> {
  const named = (key: string) => (key === "errorType" ? "error.type" : `csat.${snake(key)}`);
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [named(key), value]));
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
