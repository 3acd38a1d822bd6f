/** What is counted. Attributes in brackets; each has few values, so that a metrics backend can keep them all. */
export type CounterName =
  | "surveys.scheduled"
  /** A resolution that scheduled nothing [reason]. */
  | "surveys.not_scheduled"
  | "surveys.canceled"
  /** [channel] */
  | "surveys.sent"
  /** [reason] */
  | "surveys.skipped"
  /** Given up for good [reason, errorType]. */
  | "surveys.failed"
  /** One attempt that did not end in the mail server's yes [outcome, channel, errorType]. */
  | "mails.failed"
  /** [channel, `link` for an answer through a link] */
  | "responses.recorded"
  | "deliveries.succeeded"
  /** One attempt that failed [outcome: `will_retry` or `gave_up`, errorType]. */
  | "deliveries.failed"
  /** One sweep of a worker: a sign of life. */
  | "sweeps"
  /** A call for wake-ups that the scheduler did not take: the sweep does their work, a little later [errorType]. */
  | "wake_ups.failed";

/** What is measured, in milliseconds: how long after it was due at first a mail was accepted, how long after it was raised an event is tried. */
export type DurationName = "surveys.lag" | "events.lag";

/** The steps of the flow that take time. */
export type SpanName =
  | "tickets_resolved"
  | "tickets_left"
  | "send_survey"
  | "submit_response"
  | "deliver_event"
  | "sweep";

/**
 * Ids, kinds, reasons and counts; never a token, an address, a subject or a comment. `errorType` is what kind of failure
 * it was, of few values: codes and kinds, no text of others.
 */
export type TelemetryAttributes = Readonly<Record<string, string | number>>;

/** One step of the flow, seen while it is under way. */
export interface TelemetryStep {
  /**
   * What a later step may name as its cause: the `traceparent` of W3C, kept with the survey. Null when nobody records
   * this step; what is no `traceparent` counts as null.
   */
  readonly trace: string | null;
  /** The step failed, and the flow goes on as it does in such a case. `errorType` is of few values. */
  failed(errorType: string): void;
}

/**
 * Where the flow tells what it does. `@csat/opentelemetry` makes one. What a telemetry throws is ignored: it costs the
 * figure, never the survey. Counts of a host transaction that is rolled back stay counted.
 */
export interface Telemetry {
  count(name: CounterName, by: number, attributes: TelemetryAttributes): void;
  record(name: DurationName, durationMs: number, attributes: TelemetryAttributes): void;
  /**
   * Runs `work` once and answers as it does; what happens in between belongs to the span. `cause` is the `trace` of the
   * step that led to it, in whatever process; null when there is none.
   */
  span<Result>(
    name: SpanName,
    attributes: TelemetryAttributes,
    work: (step: TelemetryStep) => Promise<Result>,
    cause?: string | null,
  ): Promise<Result>;
}
