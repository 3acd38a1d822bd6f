import type { CounterName, DurationName } from "@csat/core";

/** What an instrument is called and how it is described to OpenTelemetry. */
export interface Instrument {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
}

/** Counters; their units are annotations, as OpenTelemetry has it for things that are counted. */
export const counters: Readonly<Record<CounterName, Instrument>> = {
  "surveys.scheduled": {
    name: "csat.surveys.scheduled",
    unit: "{survey}",
    description: "Surveys that a resolution scheduled.",
  },
  "surveys.not_scheduled": {
    name: "csat.surveys.not_scheduled",
    unit: "{ticket}",
    description: "Resolutions that scheduled no survey, by reason.",
  },
  "surveys.canceled": {
    name: "csat.surveys.canceled",
    unit: "{survey}",
    description: "Surveys canceled because the ticket was reopened, closed or merged.",
  },
  "surveys.sent": {
    name: "csat.surveys.sent",
    unit: "{survey}",
    description: "Surveys whose mail was accepted.",
  },
  "surveys.skipped": {
    name: "csat.surveys.skipped",
    unit: "{survey}",
    description: "Surveys not sent at their due time, by reason.",
  },
  "surveys.failed": {
    name: "csat.surveys.failed",
    unit: "{survey}",
    description: "Surveys given up, by reason.",
  },
  "mails.failed": {
    name: "csat.mails.failed",
    unit: "{mail}",
    description: "Attempts that the mail server did not accept, by outcome.",
  },
  "responses.recorded": {
    name: "csat.responses.recorded",
    unit: "{response}",
    description: "Answers stored.",
  },
  "deliveries.succeeded": {
    name: "csat.deliveries.succeeded",
    unit: "{delivery}",
    description: "Webhook deliveries that were accepted.",
  },
  "deliveries.failed": {
    name: "csat.deliveries.failed",
    unit: "{delivery}",
    description: "Webhook attempts that failed, by outcome.",
  },
};

/** Histograms, in seconds as the conventions of OpenTelemetry ask. */
export const durations: Readonly<Record<DurationName, Instrument>> = {
  "surveys.lag": {
    name: "csat.surveys.lag",
    unit: "s",
    description: "Time from when a survey was due at first to the acceptance of its mail.",
  },
  "events.lag": {
    name: "csat.events.lag",
    unit: "s",
    description: "Time from an event to the first attempt to deliver it.",
  },
};

/** Upper bounds of the histograms' buckets: from punctual to a lost wake-up (the sweep's minute) to an outage. */
export const lagBoundaries: readonly number[] = [
  0.1, 0.5, 1, 5, 15, 60, 120, 300, 900, 3_600, 21_600, 86_400,
];
