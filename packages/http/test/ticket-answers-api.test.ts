import type { TicketSnapshot } from "@csat/core";
import type { Principal } from "@csat/http";
import { describe, expect, test } from "vitest";
import { aDesk, type Desk, json } from "./a-desk.ts";

/** A desk whose ticket T1 is resolved, with nothing sent. */
async function aResolvedTicket(change: Parameters<typeof aDesk>[0] = {}): Promise<Desk> {
  const desk = await aDesk(change);
  const ticket: TicketSnapshot = {
    ticketId: "T1",
    status: "resolved",
    subject: "Printer on fire",
    url: null,
    workspaceName: "Acme Support",
    customer: { id: "ada", name: "Ada", email: null, locale: null, channel: "chat" },
    assignee: null,
  };
  desk.tickets.put("acme", ticket);
  return desk;
}

const operator = { workspaceId: "acme", userId: "bob", role: "operator" } as const;

describe("POST /api/tickets/:ticketId/links", () => {
  test("gives an operator links that open the ticket's survey, as often as asked", async () => {
    // S81
    const desk = await aResolvedTicket({ options: { authorize: async () => operator } });
    for (const again of [false, true]) {
      const response = await desk.ask("/api/tickets/T1/links", { method: "POST" });
      expect(response.status).toBe(201);
      expect(response.headers.get("cache-control")).toBe("no-store");
      const issued: { again: boolean; link: string; links: Record<string, string>; optOut: string } =
        await response.json();
      expect(issued).toMatchObject({ kind: "issued", again });
      expect(Object.keys(issued.links)).toEqual(["1", "2", "3", "4", "5"]);
      expect((await desk.askAt(issued.links[5] ?? "")).status).toBe(200);
      expect(issued.links[5]).toBe(`${issued.link}?rating=5`);
      expect(issued.optOut).toMatch(/^https:[^?]+\/o\/[a-z2-9]{26}(\?lang=[a-zA-Z-]+)?$/);
    }
    expect(await (await desk.ask("/api/tickets/T1")).json()).toMatchObject({
      state: "awaiting",
      channel: "chat",
    });
  });

  test("says why there are none", async () => {
    // S81
    const desk = await aResolvedTicket({ settings: { enabled: false } });
    for (const [ticketId, reason] of [
      ["T1", "csat_disabled"],
      ["T2", "ticket_not_found"],
    ]) {
      const response = await desk.ask(`/api/tickets/${ticketId}/links`, { method: "POST" });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ kind: "not_issued", reason });
    }
  });
});

describe("POST /api/tickets/:ticketId/answers", () => {
  const answer = { rating: 4, comment: "Quick.", channel: "phone" };

  test("records what the operator took, once", async () => {
    // S82, S24, S25
    const desk = await aResolvedTicket({ options: { authorize: async () => operator } });
    const post = () => desk.ask("/api/tickets/T1/answers", json(answer));
    const first = await post();
    expect(first.status).toBe(201);
    const respondedAt = desk.clock.now().toISOString();
    expect(await first.json()).toEqual({ rating: 4, comment: "Quick.", respondedAt });
    const second = await post();
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({ error: { code: "already_responded" } });
    const journal = await (await desk.ask("/api/tickets/T1/explain")).json();
    expect(journal).toMatchObject([{ event: "answered", reason: "phone", actorId: "bob" }]);
    expect(await (await desk.ask("/api/tickets/T1")).json()).toMatchObject({
      state: "answered",
      channel: "phone",
      response: { rating: 4, comment: "Quick." },
    });
  });

  test("takes a form, and times with their zone", async () => {
    // S82
    const desk = await aResolvedTicket();
    const askedAt = "2026-01-01T09:00:00+02:00";
    const body = new URLSearchParams({ rating: "2", channel: "phone", askedAt, respondedAt: "" });
    expect((await desk.ask("/api/tickets/T1/answers", { method: "POST", body })).status).toBe(201);
    const { items } = await desk.csat.listResponses("acme");
    expect(items).toMatchObject([{ rating: 2, sentAt: new Date("2026-01-01T07:00:00Z") }]);
  });

  test.each([
    ["rating", { ...answer, rating: "4" }],
    ["rating", { ...answer, rating: 0 }],
    ["channel", { rating: 4 }],
    ["channel", { ...answer, channel: "The Phone" }],
    ["channel", { ...answer, channel: 5 }],
    ["respondedAt", { ...answer, respondedAt: "2026-01-01T09:00:00" }],
    ["respondedAt", { ...answer, respondedAt: 1_767_258_000_000 }],
    ["respondedAt", { ...answer, respondedAt: "2999-01-01T09:00:00Z" }],
    ["askedAt", { ...answer, askedAt: "yesterday" }],
    ["askedAt", { ...answer, askedAt: "2026-02-30T25:00:00Z" }],
    ["actorId", { ...answer, actorId: "eve" }],
  ])("a wrong %s is 400 by name, and nothing is recorded: %o", async (path, body) => {
    // S26, S27, S82
    const desk = await aResolvedTicket();
    const response = await desk.ask("/api/tickets/T1/answers", json(body));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { issues: [{ path }] } });
    expect(await (await desk.ask("/api/tickets/T1")).json()).toEqual({ state: "none" });
  });

  test("nothing is recorded for an erased ticket: 404", async () => {
    // S56, S82
    const desk = await aResolvedTicket();
    await desk.csat.eraseTickets([{ workspaceId: "acme", ticketId: "T1" }]);
    expect((await desk.ask("/api/tickets/T1/answers", json(answer))).status).toBe(404);
  });
});

describe.each([
  ["links", {}],
  ["answers", { rating: 4, channel: "phone" }],
] as const)("POST /api/tickets/:ticketId/%s", (kind, body) => {
  const path = `/api/tickets/T1/${kind}`;

  test.each([
    [401, null],
    [403, "forbidden"],
    [403, { ...operator, role: "guest" }],
  ] as const)("is %i for whoever may not", async (status, principal) => {
    // S51, S81, S82
    const asked: unknown[] = [];
    const authorize = async (_request: Request, action: unknown) => {
      asked.push(action);
      return principal as Principal | "forbidden" | null; // Hosts have more roles than ours.
    };
    const desk = await aResolvedTicket({ options: { authorize } });
    expect((await desk.ask(path, json(body))).status).toBe(status);
    expect(asked).toEqual([{ kind, ticketId: "T1" }]);
    expect(await desk.stored("T1")).toMatchObject({ panel: { state: "none" } });
  });

  test("refuses a page of another site", async () => {
    // S51
    const desk = await aResolvedTicket();
    const headers = { origin: "https://evil.example", cookie: "session=1" };
    expect((await desk.ask(path, json(body, headers))).status).toBe(403);
    expect(await desk.stored("T1")).toMatchObject({ panel: { state: "none" } });
  });

  test("writes into the operator's workspace alone", async () => {
    // S49
    const zoe = { workspaceId: "globex", userId: "zoe", role: "owner" } as const;
    const desk = await aResolvedTicket({ options: { authorize: async () => zoe } });
    await desk.ask(`${path}?workspaceId=acme`, json(body));
    expect(await desk.stored("T1")).toMatchObject({ panel: { state: "none" }, journal: [] });
  });

  test("takes no other method", async () => {
    const desk = await aResolvedTicket();
    const response = await desk.ask(path);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });
});
