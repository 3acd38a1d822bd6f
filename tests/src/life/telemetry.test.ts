import { readFileSync } from "node:fs";
import type { DeliveryResult, JobHandler, Telemetry } from "@csat/core";
import { expect, test } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { inMemory } from "../world/storages.ts";

const page = readFileSync(new URL("../../../docs/reference/telemetry.md", import.meta.url), "utf8");

/** The names in the tables below that title, with their attributes. */
function documented(title: string): readonly string[] {
  const section = page.split(`\n## ${title}\n`)[1]?.split("\n## ")[0] ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("| `csat."))
    .map((line) =>
      [...line.matchAll(/`(?:csat\.)?((?<=csat\.)[\w.]+|error\.type)`/g)].map(([, name]) => name).join(" "),
    )
    .toSorted();
}

/** Notes every name that it is told, with the attributes that stand beside it. */
function listening() {
  const counters = new Set<string>();
  const histograms = new Set<string>();
  const spans = new Set<string>();
  const values: string[] = [];
  const noted = (name: string, attributes: object) =>
    [name, ...Object.keys(attributes).map((key) => (key === "errorType" ? "error.type" : key))].join(" ");
  const telemetry: Telemetry = {
    count: (name, _by, attributes) => {
      counters.add(noted(name, attributes));
      values.push(...Object.values(attributes).map(String));
    },
    record: (name, durationMs, attributes) => {
      histograms.add(noted(name, attributes));
      expect(durationMs).toBeGreaterThanOrEqual(0);
    },
    span: (name, attributes, work) => {
      spans.add(name);
      values.push(...Object.values(attributes).map(String));
      return work({ trace: null, failed() {} });
    },
  };
  return { telemetry, counters, histograms, spans, values };
}

test("every documented counter, histogram and span is emitted by a run, and no other", async () => {
  // S19
  const heard = listening();
  const results = new Map<string, DeliveryResult>([
    ["busy", { ok: false, retryable: true, retryAfterMs: null, error: "HTTP 503", errorType: "503" }],
    ["gone", { ok: false, retryable: false, retryAfterMs: null, error: "HTTP 410" }],
  ]);
  const handlers: JobHandler[] = [];
  const world = await aWorld<never>({
    storage: inMemory(),
    options: {
      telemetry: heard.telemetry,
      webhooks: {
        endpointsFor: async () =>
          ["good", "busy", "gone"].map((id) => ({ id, url: `https://${id}.example.com/` })),
        deliver: async ({ id }) => results.get(id) ?? { ok: true },
      },
    },
  });
  await world.resolve("sent");
  await world.resolve("canceled");
  await world.reopen("canceled");
  await world.resolve("skipped");
  world.ticket("skipped", { customer: { name: null, email: null, locale: null } });
  await world.resolve("refused");
  world.mailer.answer = (mail) =>
    mail.subject.includes("refused")
      ? { kind: "refused", error: "550" }
      : { kind: "accepted", messageId: null };
  await world.pass({ hours: 1 });
  await world.answer(world.mailer.accepted[0], 5, "a secret comment");
  // Sent before: no second survey.
  await world.resolve("sent");
  await world.pass({ minutes: 1 });
  const another = world.anotherProcess({
    scheduler: {
      ...world.scheduler,
      // It is down.
      schedule: () => Promise.reject(Object.assign(new Error("down"), { code: "ECONNREFUSED" })),
      start: async (work) => {
        await work.sweep(new AbortController().signal);
        handlers.push(work.run);
        return { stop: async () => {} };
      },
    },
  });
  await another.startWorker();
  await another.ticketResolved({
    workspaceId,
    ticketId: "unawaited",
    actorId: null,
    resolvedAt: world.clock.now(),
  });

  expect([...heard.counters].toSorted()).toEqual(documented("Counters"));
  expect([...heard.histograms].toSorted()).toEqual(documented("Histograms"));
  expect([...heard.spans].toSorted()).toEqual(documented("Spans"));
  for (const personal of ["secret", "@", "Subject of"])
    expect(heard.values.join("\n")).not.toContain(personal);
  expect(heard.values).toContain(workspaceId);
});

test("each attempt of a delivery counts once, by what became of it", async () => {
  // S54
  const counts: string[] = [];
  const world = await aWorld<never>({
    storage: inMemory(),
    options: {
      telemetry: {
        count: (name, by, attributes) => {
          if (name.startsWith("deliveries.")) counts.push([name, by, ...Object.values(attributes)].join(" "));
        },
        record: () => {},
        span: (_name, _attributes, work) => work({ trace: null, failed() {} }),
      },
      webhooks: {
        endpointsFor: async () => ["a", "b", "down"].map((id) => ({ id, url: `https://${id}.example.com/` })),
        deliver: async ({ id }) =>
          id === "down"
            ? { ok: false, retryable: true, retryAfterMs: null, error: "HTTP 503", errorType: "503" }
            : { ok: true },
      },
    },
  });
  await world.resolve("T1");
  await world.pass({ hours: 1 });
  await world.answer(world.mailer.accepted[0], 4);
  await world.csat.runDue();
  for (const minutes of [1, 5, 30, 120, 360]) await world.pass({ minutes });
  expect(counts).toEqual([
    "deliveries.succeeded 2",
    ...Array.from({ length: 5 }, () => "deliveries.failed 1 will_retry 503"),
    "deliveries.failed 1 gave_up 503",
  ]);
});
