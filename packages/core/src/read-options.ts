import {
  millisecondsInDay as dayMs,
  millisecondsInMinute as minuteMs,
  millisecondsInSecond as secondMs,
} from "date-fns/constants";
import * as z from "zod/mini";
import { attributesSchema } from "./declared-attributes.ts";
import { allEmailTexts, type GivenEmailTexts, wrongEmailTexts } from "./email/given-texts.ts";
import { CsatError } from "./errors.ts";
import type { Context } from "./flow/context.ts";
import { customerTurns } from "./flow/customer-turns.ts";
import { newReceivers } from "./flow/receivers.ts";
import { safeTelemetry } from "./flow/safe-telemetry.ts";
import { storeWithDeadline } from "./flow/store-deadline.ts";
import type { CsatOptions } from "./options.ts";
import { checkedClock, systemClock } from "./ports/clock.ts";
import { safeLogger } from "./ports/logger.ts";
import { checkedMailer, type Mailer } from "./ports/mailer.ts";
import { checkedScheduler } from "./ports/scheduler.ts";
import { checkedTheme } from "./ports/theme.ts";
import { checkedTickets } from "./ports/ticket-source.ts";
import { checkedTransport } from "./ports/webhook-transport.ts";
import { checkedWorkspaceName } from "./ports/workspace-name.ts";
import { rulesSchema } from "./rules/rules-schema.ts";
import { emailChannel } from "./survey/destination.ts";
import { normalizePublicUrl } from "./survey/links.ts";

/** Checks every option and fills in defaults. @throws CsatError `invalid_config`, with an issue per bad option */
export function readOptions<Tx>(options: CsatOptions<Tx>): Context<Tx> {
  const checked = optionsSchema.safeParse(options);
  if (!checked.success) {
    const issues = checked.error.issues.map(({ path, message }) => ({
      path: path.map(String).join("."),
      message,
    }));
    const said = issues.map(({ path, message }) => `${path} ${message}`.trim()).join("; ");
    throw new CsatError("invalid_config", `createCsat was given wrong options: ${said}.`, { issues });
  }
  const { rules, attributes, neverAsk, retention, customerSecret, texts, precedence } = checked.data;
  const { publicUrl, sweepEveryMs, leaseForMs, storageTimeoutMs, maxLatenessMs, maxCommentLength } =
    checked.data;
  const {
    storage,
    scheduler,
    mailer,
    tickets,
    webhooks,
    theme,
    workspaceName,
    clock,
    logger,
    telemetry,
    onEndpointFailing,
    onChange,
  } = options;
  const usedLogger = safeLogger(logger);
  return {
    storage: storeWithDeadline(storage, storageTimeoutMs),
    scheduler: checkedScheduler(scheduler, usedLogger),
    mailer: checkedMailer(mailer, usedLogger),
    tickets: checkedTickets(tickets, usedLogger),
    webhooks: webhooks === undefined ? null : checkedTransport(webhooks, usedLogger),
    publicUrl: normalizePublicUrl(publicUrl) ?? publicUrl,
    sweepEveryMs,
    leaseForMs,
    maxLatenessMs,
    maxCommentLength,
    rules,
    slicedBy: attributes ?? [],
    neverAsk,
    retention,
    customerSecret: customerSecret ?? null,
    customerTurns: customerTurns(),
    themeOf: checkedTheme(theme, usedLogger),
    texts: allEmailTexts(texts),
    precedence,
    workspaceNameOf: checkedWorkspaceName(workspaceName, usedLogger),
    clock: checkedClock(clock ?? systemClock),
    logger: usedLogger,
    telemetry: safeTelemetry(telemetry),
    breakers: new Map((mailer.channels ?? [emailChannel]).map((channel) => [channel, new Map()])),
    receivers: newReceivers(),
    endpoints: new Map(),
    onEndpointFailing: onEndpointFailing ?? null,
    onChange: onChange ?? null,
  };
}

const port = (...methods: readonly string[]) =>
  z.custom<object>(
    (value) => {
      // Object() of anything is an object.
      const members = Object(value) as Record<string, unknown>;
      return methods.every((method) => typeof members[method] === "function" || isGroup(members[method]));
    },
    `must be an object with ${methods.join(", ")}`,
  );

function isGroup(member: unknown): boolean {
  return typeof member === "object" && member !== null;
}

const whole = (name: string, { from, to, otherwise }: { from: number; to: number; otherwise: number }) =>
  z._default(
    z
      .int("must be a whole number")
      .check(z.refine((value) => value >= from && value <= to, `must be ${from} to ${to} ${name}`)),
    otherwise,
  );

const keptDays = (from: number) =>
  z.optional(
    z
      .int("must be a whole number of days")
      .check(z.refine((days) => days >= from && days <= 3_650, `must be ${from} to 3650 days`)),
  );

const switchSchema = z._default(z.boolean("must be true or false"), true);

const textsSchema = z.custom<GivenEmailTexts>().check((context) => {
  for (const { path, message } of wrongEmailTexts(context.value))
    context.issues.push({ code: "custom", input: context.value, path: path === "" ? [] : [path], message });
});

const functionSchema = z.custom<object>((value) => typeof value === "function", "must be a function");

const optionsSchema = z.object(
  {
    storage: port(
      "auto",
      "own",
      "within",
      "lists",
      "counts",
      "parts",
      "recount",
      "backlog",
      "keepHouse",
      "prune",
    ),
    scheduler: port("schedule", "cancel", "start"),
    mailer: port("send").check(
      z.refine(({ channels }: Partial<Mailer>) => channels === undefined || Array.isArray(channels), {
        path: ["channels"],
        error: "must be a list of names",
      }),
    ),
    tickets: port("getTicket", "getTickets"),
    webhooks: z.optional(port("endpointsFor", "deliver")),
    publicUrl: z
      .string("must be a URL")
      .check(
        z.refine(
          (url) => normalizePublicUrl(url) !== null,
          "must be an absolute http(s) URL without query or fragment, e.g. https://help.example.com/csat",
        ),
      ),
    sweepEveryMs: whole("milliseconds", { from: 10, to: dayMs, otherwise: minuteMs }),
    leaseForMs: whole("milliseconds", { from: 100, to: dayMs, otherwise: minuteMs }),
    storageTimeoutMs: whole("milliseconds", { from: 100, to: dayMs, otherwise: 30 * secondMs }),
    maxLatenessMs: whole("milliseconds", { from: minuteMs, to: 3_650 * dayMs, otherwise: 7 * dayMs }),
    maxCommentLength: whole("characters", { from: 1, to: 10_000, otherwise: 2_000 }),
    rules: z._default(rulesSchema, []),
    attributes: z.optional(attributesSchema),
    retention: z._default(
      z.strictObject(
        { comments: keptDays(1), journal: keptDays(1), events: keptDays(1), tokens: keptDays(2) },
        "must be an object of days",
      ),
      {},
    ),
    neverAsk: z._default(
      z.strictObject({ roleAddresses: switchSchema, oneself: switchSchema }, "must be an object of switches"),
      { roleAddresses: true, oneself: true },
    ),
    customerSecret: z.optional(
      z
        .string("must be text")
        .check(z.refine((text) => text.length >= 32, "must have at least 32 characters")),
    ),
    theme: z.optional(functionSchema),
    texts: z._default(textsSchema, {}),
    precedence: z._default(z.nullable(z.enum(["bulk", "list"], "must be bulk, list or null")), "bulk"),
    workspaceName: z.optional(functionSchema),
    onEndpointFailing: z.optional(functionSchema),
    onChange: z.optional(functionSchema),
    clock: z.optional(port("now")),
    logger: z.optional(port("debug", "info", "warn", "error")),
    telemetry: z.optional(port("count", "record", "span")),
  },
  "must be an object of options",
);
