import { describe, expect, test } from "vitest";
import { checkedClock } from "./clock.ts";
import { type LogFields, type Logger, safeLogger, silentLogger } from "./logger.ts";
import { checkedMailer, type Mail, type Mailer } from "./mailer.ts";
import { checkedScheduler, type Job, type Scheduler } from "./scheduler.ts";
import { checkedTransport, type WebhookTransport } from "./webhook-transport.ts";

/** A logger, and what it was told. */
function aLog(): {
  readonly logger: Logger;
  readonly told: { readonly fields: LogFields; readonly message: string }[];
} {
  const told: { fields: LogFields; message: string }[] = [];
  const tell = (fields: LogFields, message: string) => void told.push({ fields, message });
  return { logger: { ...silentLogger, warn: tell, error: tell }, told };
}

// Adapters without types answer anything.
const answering = <Port>(port: object) => port as Port; // What they say is for the port to judge.
const signal = new AbortController().signal;
const mail = answering<Mail>({ messageIdLocalPart: "s1" });

describe("a mailer's outcome", () => {
  const outcomeOf = async (answer: unknown) => {
    const { logger, told } = aLog();
    const mailer = checkedMailer(answering<Mailer>({ send: () => answer }), logger);
    return { outcome: await mailer.send(mail, signal), told };
  };

  test.each<readonly [string, unknown]>([
    ["undefined", undefined],
    ["null", null],
    ["true", true],
    ["a text", "accepted"],
    ["an empty object", {}],
    ["another kind", { kind: "sent", messageId: "<1@x>" }],
    ["what Nodemailer resolves with", { accepted: ["x"], messageId: "<1@x>" }],
    ["a list", [{ kind: "accepted" }]],
    ["a kind that is no text", { kind: 1 }],
    ["a concern of no known kind", { kind: "unavailable", error: "x", concerns: "weather" }],
  ])("that is %s is unknown, and logged", async (_name, answer) => {
    const { outcome, told } = await outcomeOf(answer);
    expect(outcome).toEqual({ kind: "unknown", error: "the mailer answered out of shape" });
    expect(told).toHaveLength(1);
    expect(told[0]?.fields).toMatchObject({ surveyId: "s1" });
  });

  test.each<readonly [string, unknown]>([
    ["left out", { kind: "accepted" }],
    ["a number", { kind: "accepted", messageId: 7 }],
    ["blank", { kind: "accepted", messageId: "" }],
    ["with NUL, which no database stores", { kind: "accepted", messageId: "<a\u0000@x>" }],
    ["with half a surrogate", { kind: "accepted", messageId: "<\ud83d@x>" }],
    ["longer than a header's line", { kind: "accepted", messageId: `<${"a".repeat(998)}@x>` }],
  ])("whose messageId is %s is accepted without one, and logged", async (_name, answer) => {
    const { outcome, told } = await outcomeOf(answer);
    expect(outcome).toEqual({ kind: "accepted", messageId: null });
    expect(told.map(({ fields }) => fields)).toEqual([{ surveyId: "s1" }]);
  });

  test.each<readonly [unknown, object]>([
    [
      { kind: "accepted", messageId: null },
      { kind: "accepted", messageId: null },
    ],
    [
      { kind: "accepted", messageId: "<1@x>", more: 1 },
      { kind: "accepted", messageId: "<1@x>" },
    ],
    [
      { kind: "refused", error: "550" },
      { kind: "refused", error: "550" },
    ],
    [{ kind: "refused" }, { kind: "refused", error: "no reason given" }],
    [
      { kind: "unavailable", error: "451" },
      { kind: "unavailable", error: "451", concerns: "unknown" },
    ],
    [
      { kind: "unavailable", error: "421", concerns: "sender" },
      { kind: "unavailable", error: "421", concerns: "sender" },
    ],
    [
      { kind: "unknown", error: "a\u0000b\ud83d c@d.example" },
      { kind: "unknown", error: "ab\ufffd (address)" },
    ],
  ])("%j has a meaning, and is not logged", async (answer, expected) => {
    const { outcome, told } = await outcomeOf(answer);
    expect(outcome).toEqual(expected);
    expect(told).toEqual([]);
  });

  test("that is thrown at once rejects", async () => {
    const send = () => {
      throw new Error("broken");
    };
    const mailer = checkedMailer(answering<Mailer>({ send }), silentLogger);
    await expect(mailer.send(mail, signal)).rejects.toThrow("broken");
  });
});

describe("a webhook transport", () => {
  const event = answering<Parameters<WebhookTransport["endpointsFor"]>[0]>({
    id: "e1",
    type: "ticket.csat_received",
  });
  const endpoint = { id: "hooks", url: "https://example.com" };
  const transportOf = (parts: object) => {
    const { logger, told } = aLog();
    return { transport: checkedTransport(answering<WebhookTransport>(parts), logger), told };
  };

  test.each<readonly [string, unknown]>([
    ["undefined", undefined],
    ["a status", 200],
    ["without ok", { retryable: true }],
    ["ok as text", { ok: "true" }],
    ["retryable as text", { ok: false, retryable: "no", error: "x" }],
  ])("whose result is %s has failed for now, and is logged", async (_name, answer) => {
    const { transport, told } = transportOf({ deliver: () => answer });
    const error = "the transport answered out of shape";
    expect(await transport.deliver(endpoint, event, signal)).toEqual({
      ok: false,
      retryable: true,
      retryAfterMs: null,
      error,
    });
    expect(told[0]?.fields).toMatchObject({ eventId: "e1", endpointId: "hooks" });
  });

  const failure = (change: object) => ({
    ok: false,
    retryable: true,
    retryAfterMs: null,
    error: "x",
    ...change,
  });
  test.each<readonly [string, object, object]>([
    ["that says no more is tried again", { ok: false }, failure({ error: "no reason given" })],
    ["that asks for NaN is asked by the schedule", failure({ retryAfterMs: Number.NaN }), failure({})],
    ["that asks for a time before", failure({ retryAfterMs: -1 }), failure({})],
    [
      "that asks for ever waits a day",
      failure({ retryAfterMs: Infinity }),
      failure({ retryAfterMs: 86_400_000 }),
    ],
    ["that asks in text", failure({ retryAfterMs: "5" }), failure({})],
    [
      "with NUL and an address in its error",
      failure({ error: "a\u0000 b@c.example" }),
      failure({ error: "a (address)" }),
    ],
    ["that succeeds", { ok: true, status: 200 }, { ok: true }],
  ])("whose result is one %s", async (_name, answer, expected) => {
    const { transport } = transportOf({ deliver: () => answer });
    expect(await transport.deliver(endpoint, event, signal)).toEqual(expected);
  });

  test("whose endpoints are partly out of shape serves the others, and hands on the very objects", async () => {
    const good = { id: "good", url: "https://example.com", secret: "whsec" };
    const delivered: unknown[] = [];
    const { transport, told } = transportOf({
      endpointsFor: () => [{ url: "https://example.com" }, null, good, { id: "no-url" }, { id: "a\u0000" }],
      deliver: (to: unknown) => {
        delivered.push(to);
        return { ok: true };
      },
    });
    const endpoints = await transport.endpointsFor(event);
    expect(endpoints).toEqual([good, { id: "no-url" }]);
    expect(endpoints[0]).toBe(good);
    expect(told.map(({ fields }) => fields.place)).toEqual([0, 1, 4]);
    const results = await Promise.all(endpoints.map((one) => transport.deliver(one, event, signal)));
    expect(results).toEqual([{ ok: true }, failure({ error: "the endpoint's url is no text" })]);
    expect(delivered).toEqual([good]);
  });

  test.each([undefined, null, {}, "https://example.com"])(
    "whose endpoints are %j is refused",
    async (answer) => {
      const { transport } = transportOf({ endpointsFor: () => answer });
      await expect(transport.endpointsFor(event)).rejects.toMatchObject({ code: "invalid_answer" });
    },
  );
});

describe("a scheduler", () => {
  const job: Job = { kind: "send_survey", workspaceId: "w", surveyId: "s", generation: 1, attempt: 0 };
  type Work = { run(job: unknown, signal?: unknown): Promise<void>; sweep(signal?: unknown): Promise<void> };
  async function started() {
    const work: Work[] = [];
    const { logger, told } = aLog();
    const start = (given: Work) => {
      work.push(given);
      return { stop() {} };
    };
    const done: Job[] = [];
    const signals: AbortSignal[] = [];
    await checkedScheduler(answering<Scheduler>({ start }), logger).start(
      {
        run: async (one, given) => {
          done.push(one);
          signals.push(given);
        },
        sweep: async (given) => void signals.push(given),
      },
      { sweepEveryMs: 1, concurrency: 1 },
    );
    return { work: work[0], told, done, signals };
  }

  test("hands over jobs of this release; others are passed over and logged", async () => {
    const { work, told, done } = await started();
    const strange = [
      undefined,
      {},
      { ...job, kind: "send_letter" },
      { ...job, generation: Number.NaN },
      { ...job, surveyId: 7 },
    ];
    for (const one of [job, ...strange]) await work?.run(one, signal);
    expect(done).toEqual([job]);
    expect(told).toHaveLength(strange.length);
  });

  test("that gives no signal works with one that never aborts", async () => {
    const { work, signals } = await started();
    await work?.run(job);
    await work?.sweep("soon");
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
  });

  test("whose start answers nothing that stops is refused by name", async () => {
    const scheduler = checkedScheduler(answering<Scheduler>({ start: () => undefined }), silentLogger);
    const work = { run: async () => {}, sweep: async () => {} };
    const refusal = { code: "invalid_answer", issues: [{ path: "stop", message: "must be a function" }] };
    await expect(scheduler.start(work, { sweepEveryMs: 1, concurrency: 1 })).rejects.toMatchObject(refusal);
  });
});

test.each([undefined, 1_700_000_000_000, "2026-01-01", new Date(Number.NaN)])(
  "a clock that tells %j is refused",
  (now) => {
    expect(() => checkedClock(answering({ now: () => now })).now()).toThrow(
      /clock\.now answered out of shape/,
    );
  },
);

test("a logger that throws, lacks a level or needs its `this` costs nothing", () => {
  const lines: string[] = [];
  const pinoLike = {
    lines,
    warn(_: LogFields, message: string) {
      this.lines.push(message);
    },
    error() {
      throw new Error("disk full");
    },
  };
  const logger = safeLogger(answering<Logger>(pinoLike));
  logger.warn({}, "one");
  logger.error({}, "two");
  logger.info({}, "three");
  expect(lines).toEqual(["one"]);
});
