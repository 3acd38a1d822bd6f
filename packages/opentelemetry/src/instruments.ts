import type { CounterName, DurationName, Health } from "@csat/core";

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
  sweeps: {
    name: "csat.sweeps",
    unit: "{sweep}",
    description: "Sweeps that workers began: a sign of life.",
  },
  "wake_ups.failed": {
    name: "csat.wake_ups.failed",
    unit: "{call}",
    description:
      "Calls for wake-ups that the scheduler did not take; the sweep does their work, a little later.",
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

/** One figure of a gauge. */
interface Shown {
  readonly value: number;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What `csat.health()` tells, and how it is read from there. */
export const gauges: readonly (Instrument & { readonly read: (health: Health) => readonly Shown[] })[] = [
  {
    name: "csat.surveys.waiting_time",
    unit: "s",
    description: "How long the oldest survey waits since it was due at first, put off or not.",
    read: (health) => [{ value: age(health, health.waitingSince) }],
  },
  {
    name: "csat.surveys.overdue_time",
    unit: "s",
    description: "The same of surveys that could leave now, and that no worker took.",
    read: (health) => [{ value: age(health, health.oldestDueAt) }],
  },
  {
    name: "csat.events.waiting_time",
    unit: "s",
    description: "How long the oldest event waits since it was due at first.",
    read: (health) => [{ value: age(health, health.eventsWaitingSince) }],
  },
  {
    name: "csat.mail.failing_time",
    unit: "s",
    description: "How long the oldest survey waits for a service that does not take mail, by channel.",
    read: (health) => {
      const { mailFailingSince: failing } = health;
      return [...new Set(failing.map(({ channel }) => channel))].map((channel) => ({
        value: longest(
          health,
          failing.filter((one) => one.channel === channel),
        ),
        attributes: { "csat.channel": channel },
      }));
    },
  },
  {
    name: "csat.receivers.failing_time",
    unit: "s",
    description: "How long the oldest event waits for an endpoint that does not take it.",
    read: (health) => [{ value: longest(health, health.receiverFailingSince) }],
  },
  {
    name: "csat.surveys.given_up",
    unit: "{survey}",
    description: "Surveys that stand given up, 10,000 at most.",
    read: ({ failedSurveys }) => [{ value: failedSurveys }],
  },
  {
    name: "csat.events.given_up",
    unit: "{event}",
    description: "Events with deliveries that stand given up, 10,000 at most.",
    read: ({ deadEvents }) => [{ value: deadEvents }],
  },
  {
    name: "csat.leases.expired",
    unit: "{lease}",
    description: "Surveys held by workers that went away.",
    read: ({ expiredLeases }) => [{ value: expiredLeases }],
  },
];

function age({ readAt }: Health, since: Date | null): number {
  return since === null ? 0 : Math.max(0, readAt.getTime() - since.getTime()) / 1_000;
}

function longest(health: Health, failing: readonly { readonly since: Date }[]): number {
  return Math.max(0, ...failing.map(({ since }) => age(health, since)));
}
