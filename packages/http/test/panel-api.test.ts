import { describe, expect, test } from "vitest";
import { aDesk, json } from "./a-desk.ts";

describe("GET /api/tickets/:ticketId", () => {
  // S50
  test("follows the survey: none, awaiting after the send, the answer", async () => {
    const desk = await aDesk();
    expect(await (await desk.ask("/api/tickets/T1")).json()).toEqual({ state: "none" });
    const token = await desk.survey("T1");
    const now = desk.clock.now().toISOString();
    expect(await (await desk.ask("/api/tickets/T1")).json()).toEqual({ state: "awaiting", sentAt: now });
    await desk.ask(`/r/${token}`, json({ rating: 5, comment: "<b>" }));
    expect(await (await desk.ask("/api/tickets/T1")).json()).toMatchObject({
      state: "answered",
      response: { ticketId: "T1", rating: 5, comment: "<b>", respondedAt: now },
    });
  });

  // S29
  test("never shows the token", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    await desk.ask(`/r/${token}`, json({ rating: 5 }));
    for (const path of ["/api/tickets/T1", "/api/tickets/T1/explain", "/api/webhooks"]) {
      expect(await (await desk.ask(path)).text()).not.toContain(token);
    }
  });

  // S49
  test("equal ticket ids in two workspaces never meet", async () => {
    const principal = { workspaceId: "globex", userId: "zoe", role: "owner" } as const;
    const desk = await aDesk({ options: { authorize: async () => principal } });
    await desk.survey("T1");
    expect(await (await desk.ask("/api/tickets/T1?workspaceId=acme")).json()).toEqual({ state: "none" });
    expect(await (await desk.ask("/api/tickets/T1/explain")).json()).toEqual([]);
  });

  test.each(["a/b", "a b", "100%", "%41", "ä🎫", "a?b#c", "explain", "'; drop table--", "a+b"])(
    "the id %j, percent-encoded, is that ticket",
    async (ticketId) => {
      const seen: unknown[] = [];
      const desk = await aDesk({
        options: {
          authorize: async (_, action) => {
            seen.push(action);
            return { workspaceId: "acme", userId: "olivia", role: "owner" };
          },
        },
      });
      await desk.survey(ticketId);
      const response = await desk.ask(`/api/tickets/${encodeURIComponent(ticketId)}`);
      expect(await response.json()).toMatchObject({ state: "awaiting" });
      expect(seen).toEqual([{ kind: "ticket", ticketId }]);
    },
  );

  test.each(["%00", "a%0Ab", "%7F", "%E0%A4%A", "%", "%ED%A0%80", "x".repeat(201)])(
    "the id %s cannot exist: 400 before the host is asked",
    async (id) => {
      const desk = await aDesk({ options: { authorize: () => Promise.reject(new Error("asked")) } });
      for (const path of [`/api/tickets/${id}`, `/api/tickets/${id}/explain`]) {
        const response = await desk.ask(path);
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({
          error: { code: "invalid_input", issues: [{ path: "id" }] },
        });
      }
    },
  );

  test("200 characters are an id, however many bytes they take", async () => {
    const desk = await aDesk();
    const id = encodeURIComponent("🎫".repeat(200));
    expect((await desk.ask(`/api/tickets/${id}`)).status).toBe(200);
  });
});

// S19
test("GET /api/tickets/:ticketId/explain tells every decision, oldest first", async () => {
  const desk = await aDesk();
  await desk.survey("T1");
  const entries = await (await desk.ask("/api/tickets/T1/explain")).json();
  expect(entries[0]).toMatchObject({ ticketId: "T1", event: "resolved", actorId: "bob" });
  expect(entries.at(-1)).toMatchObject({ event: "sent" });
});

test.each([
  "/api/tickets/",
  "/api/tickets",
  "/api/tickets//explain",
  "/api/tickets/a/b",
  "/api",
  "/",
  "",
  "/api/analytics/none",
  "/nothing",
])("%j is no route: 404", async (path) => {
  const desk = await aDesk();
  const response = await desk.ask(path);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({
    error: { code: "not_found", message: "There is nothing at this address." },
  });
});

test("what JSON routes answer may not be cached, sniffed, framed or rendered", async () => {
  const desk = await aDesk();
  for (const path of ["/api/settings", "/api/tickets/T1", "/nothing"]) {
    expect(Object.fromEntries((await desk.ask(path)).headers)).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "cross-origin-resource-policy": "same-origin",
    });
  }
});
