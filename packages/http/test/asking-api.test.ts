import { describe, expect, test } from "vitest";
import { aDesk, type Desk, form, json } from "./a-desk.ts";

const operator = { workspaceId: "acme", userId: "bob", role: "operator" } as const;
const asBob = { options: { authorize: async () => operator } };
const ref = { workspaceId: "acme", ticketId: "T1" };

/** A desk whose ticket T1 was resolved just now; its survey is due in an hour. */
async function aWaitingSurvey(): Promise<Desk> {
  const desk = await aDesk({ ...asBob, settings: { sendDelay: "1_hour" } });
  await resolve(desk);
  return desk;
}

async function resolve(desk: Desk): Promise<void> {
  await desk.csat.ticketResolved({ ...ref, actorId: "carol", resolvedAt: desk.clock.now() });
}

describe("POST /api/tickets/:ticketId/leave-out", () => {
  // S64
  test("cancels what waits, says who did it, and stays until the ticket is let in", async () => {
    const desk = await aWaitingSurvey();
    const response = await desk.ask("/api/tickets/T1/leave-out", { method: "POST" });
    expect([response.status, await response.json()]).toEqual([200, { kind: "left_out", canceled: true }]);
    expect(await (await desk.ask("/api/tickets/T1")).json()).toEqual({
      state: "none",
      notAsked: { reason: "left_out", eligibleAt: null },
      leftOut: true,
    });
    expect(await desk.csat.explain(ref)).toContainEqual(
      expect.objectContaining({ event: "left_out", actorId: "bob" }),
    );
    await resolve(desk);
    expect(await desk.csat.getTicketPanel(ref)).toMatchObject({ state: "none", leftOut: true });
  });

  test("says that nothing waited, and again is no error", async () => {
    const desk = await aDesk(asBob);
    for (const _ of [1, 2]) {
      const response = await desk.ask("/api/tickets/T1/leave-out", json({}));
      expect([response.status, await response.json()]).toEqual([200, { kind: "left_out", canceled: false }]);
    }
  });

  // S64
  test("is too late once the survey went out", async () => {
    const desk = await aDesk(asBob);
    await desk.survey("T1");
    const response = await desk.ask("/api/tickets/T1/leave-out", { method: "POST" });
    expect([response.status, await response.json()]).toEqual([200, { kind: "too_late" }]);
    expect(await desk.csat.getTicketPanel(ref)).toMatchObject({ state: "awaiting" });
  });
});

// S64
test("POST /api/tickets/:ticketId/let-in schedules nothing by itself; the next resolution does", async () => {
  const desk = await aWaitingSurvey();
  await desk.ask("/api/tickets/T1/leave-out", { method: "POST" });
  const response = await desk.ask("/api/tickets/T1/let-in", { method: "POST" });
  expect([response.status, await response.json()]).toEqual([200, { kind: "let_in" }]);
  expect(await (await desk.ask("/api/tickets/T1")).json()).toEqual({ state: "none" });
  expect(await desk.csat.explain(ref)).toContainEqual(
    expect.objectContaining({ event: "let_in", actorId: "bob" }),
  );
  await desk.csat.ticketLeft({ ...ref, at: desk.clock.now(), reason: "reopened" });
  await desk.clock.advance(1_000);
  await resolve(desk);
  expect(await desk.csat.getTicketPanel(ref)).toMatchObject({ state: "scheduled" });
});

describe.each(["leave-out", "let-in"])("a form at /api/tickets/:ticketId/%s", (name) => {
  test.each([
    ["its field return", `/api/tickets/T1/${name}`, { return: "/tickets/T1?tab=csat#survey" }, "/tickets/T1"],
    ["the panel", `/api/tickets/T1/${name}`, {}, "/csat/api/tickets/T1"],
    ["the panel, with a slash at the end", `/api/tickets/T1/${name}/`, {}, "/csat/api/tickets/T1"],
    ["the panel of an odd id", `/api/tickets/a%2Fb/${name}`, {}, "/csat/api/tickets/a%2Fb"],
  ] as const)("leads to %s", async (_, path, fields, pathname) => {
    const desk = await aDesk(asBob);
    const response = await desk.ask(path, form(fields));
    expect(response.status).toBe(303);
    const location = response.headers.get("location") ?? "";
    expect(new URL(location, `https://desk.example/csat${path}`).pathname).toBe(pathname);
  });

  test("that leads to another site is refused, and nothing is changed", async () => {
    const desk = await aWaitingSurvey();
    const before = await desk.stored("T1");
    const response = await desk.ask(`/api/tickets/T1/${name}`, form({ return: "//evil.example" }));
    expect(response.status).toBe(400);
    expect(await desk.stored("T1")).toEqual(before);
  });
});

// S49
test("an operator leaves out tickets of their own workspace alone", async () => {
  const zoe = { workspaceId: "globex", userId: "zoe", role: "operator" } as const;
  const desk = await aDesk({ options: { authorize: async () => zoe }, settings: { sendDelay: "1_hour" } });
  await resolve(desk);
  const before = await desk.stored("T1");
  await desk.ask("/api/tickets/T1/leave-out?workspaceId=acme", json({ workspaceId: "acme" }));
  expect(await desk.stored("T1")).toEqual(before);
});

// S59, S68
test("panel and explanation tell from when on the customer may be asked again", async () => {
  const desk = await aDesk({ settings: { cooldownDays: 30 } });
  const asked = desk.clock.now().getTime();
  await desk.survey("T1");
  await desk.clock.advance(1_000);
  const resolved = { ticketId: "T2", subject: "Again", status: "resolved", workspaceName: "Acme" } as const;
  desk.tickets.put("acme", {
    ...resolved,
    customer: { name: "Ada", email: "ADA@example.com", locale: null },
  });
  await desk.csat.ticketResolved({
    workspaceId: "acme",
    ticketId: "T2",
    actorId: null,
    resolvedAt: desk.clock.now(),
  });
  await desk.csat.runDue();
  const eligibleAt = new Date(asked + 30 * 86_400_000).toISOString();
  expect(await (await desk.ask("/api/tickets/T2")).json()).toEqual({
    state: "none",
    notAsked: { reason: "asked_recently", eligibleAt },
  });
  const journal = await (await desk.ask("/api/tickets/T2/explain")).json();
  expect(journal.at(-1)).toMatchObject({ event: "skipped", reason: "asked_recently", eligibleAt });
});
