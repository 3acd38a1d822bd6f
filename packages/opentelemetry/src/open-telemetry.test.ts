import { SpanStatusCode } from "@opentelemetry/api";
import { expect, test } from "vitest";
import { aWorld, ticket, ticketOf } from "../test/a-world.ts";
import { openTelemetry } from "./open-telemetry.ts";

test("a survey's life is told: counters, how late the mail was, and a span per step", async () => {
  const { csat, clock, tickets, spans, figures } = await aWorld();
  tickets.put("acme", { ...ticketOf, ticketId: "T1", status: "resolved" });
  await csat.ticketResolved({ ...ticket, actorId: "bob", resolvedAt: clock.now() });
  await csat.ticketResolved({ ...ticket, actorId: "bob", resolvedAt: clock.now() });
  await clock.advance({ hours: 1, seconds: 90 });
  await csat.runDue();
  expect(await figures()).toEqual({
    "csat.surveys.scheduled": 1,
    "csat.surveys.not_scheduled already_scheduled": 1,
    "csat.surveys.sent email": 1,
    "csat.surveys.lag": 90,
  });
  expect(spans().map(({ name }) => name)).toEqual([
    "csat.tickets_resolved",
    "csat.tickets_resolved",
    "csat.send_survey",
  ]);
});

test("what went wrong is told by its reason: skipped, canceled, refused, failed", async () => {
  const { csat, clock, mailer, tickets, figures } = await aWorld();
  for (const ticketId of ["T1", "T2", "T3", "T4"]) {
    tickets.put("acme", { ...ticketOf, ticketId, status: "resolved" });
    await csat.ticketResolved({ workspaceId: "acme", ticketId, actorId: null, resolvedAt: clock.now() });
  }
  tickets.put("acme", { ticketId: "T1", status: "open" });
  await csat.ticketLeft({ workspaceId: "acme", ticketId: "T2", at: clock.now(), reason: "reopened" });
  mailer.answerNext(
    { kind: "refused", error: "550" },
    { kind: "unavailable", error: "450", concerns: "recipient" },
  );
  await clock.advance({ hours: 1 });
  await csat.runDue();
  expect(await figures()).toMatchObject({
    "csat.surveys.scheduled": 4,
    "csat.surveys.canceled": 1,
    "csat.surveys.skipped ticket_not_resolved": 1,
    "csat.mails.failed refused email recipient_refused": 1,
    "csat.mails.failed unavailable email recipient_unavailable": 1,
    "csat.surveys.failed refused refused": 1,
  });
});

test("neither spans nor figures hold a token, an address, a subject, a comment or an error's message", async () => {
  // S29
  const { csat, clock, mailer, tickets, spans, figures } = await aWorld();
  tickets.put("acme", { ...ticketOf, ticketId: "T1", status: "resolved" });
  await csat.ticketResolved({ ...ticket, actorId: "bob", resolvedAt: clock.now() });
  await clock.advance({ hours: 1 });
  await csat.runDue();
  const [, token = ""] = /\/r\/([\w-]+)/.exec(mailer.sent[0]?.text ?? "") ?? [];
  await csat.submitResponse({ token, rating: 1, comment: "Awful smell" });
  await expect(csat.submitResponse({ token, rating: 2 })).rejects.toMatchObject({
    code: "already_responded",
  });
  await expect(csat.submitResponse({ token: `${token}x`, rating: 2 })).rejects.toMatchObject({
    code: "survey_not_found",
  });
  await csat.runDue();
  const told = JSON.stringify(
    spans().map(({ name, attributes, status, events }) => ({ name, attributes, status, events })),
  );
  expect(told).toContain("csat.submit_response");
  expect(await figures()).toMatchObject({ "csat.responses.recorded link": 1 });
  const everything = told + JSON.stringify(await figures());
  for (const secret of [token, "dana", "Dana", "secret printer", "Awful"])
    expect(everything).not.toContain(secret);
});

test("a customer's mistake marks its span, and is no error of the service", async () => {
  const { csat, spans } = await aWorld();
  await expect(csat.submitResponse({ token: "nonsense", rating: 2 })).rejects.toMatchObject({
    code: "survey_not_found",
  });
  expect(spans()[0]).toMatchObject({
    attributes: { "error.type": "survey_not_found" },
    status: { code: SpanStatusCode.UNSET },
  });
});

test("without providers nothing is told and everything works", async () => {
  const telemetry = openTelemetry();
  telemetry.count("surveys.sent", 1, {});
  telemetry.record("surveys.lag", 10, {});
  expect(await telemetry.span("sweep", {}, async ({ trace }) => trace)).toBeNull();
});
