import { describe, expect, test } from "vitest";
import { aDesk, form, json } from "./a-desk.ts";

// S79: who is signed in, see aDesk
const who = { actorId: "olivia" };

describe("GET /api/webhooks", () => {
  test("lists the workspace's events", async () => {
    const desk = await aDesk();
    await desk.ask(`/r/${await desk.survey("T1")}`, json({ rating: 2 }));
    const page = await (await desk.ask("/api/webhooks")).json();
    expect(page).toMatchObject({
      items: [{ type: "ticket.csat_received", data: { ticketId: "T1", rating: 2 } }],
      nextCursor: null,
    });
  });

  test.each([
    ["", { dead: false }],
    ["?dead", { dead: true }],
    ["?dead=", { dead: true }],
    ["?dead=true", { dead: true }],
    ["?dead=1", { dead: true }],
    ["?dead=false", { dead: false }],
    ["?dead=0", { dead: false }],
    ["?cursor=abc", { dead: false, cursor: "abc" }],
    ["?dead&cursor=a%20b", { dead: true, cursor: "a b" }],
  ])("%j asks for %j", async (query, expected) => {
    const asked: unknown[] = [];
    const listEvents = async (...given: unknown[]) => {
      asked.push(given);
      return { items: [], nextCursor: null };
    };
    const desk = await aDesk({ broken: { listEvents } });
    expect((await desk.ask(`/api/webhooks${query}`)).status).toBe(200);
    expect(asked).toEqual([["acme", expected]]);
  });

  test.each(["?dead=yes", "?dead&dead", "?cursor=a&cursor=b"])("%j is 400", async (query) => {
    const desk = await aDesk();
    expect((await desk.ask(`/api/webhooks${query}`)).status).toBe(400);
  });
});

describe("POST /api/webhooks/:eventId/replay", () => {
  test("delivers again what was given up", async () => {
    const asked: unknown[] = [];
    const replayEvent = async (...given: unknown[]) => asked.push(given) > 0;
    const desk = await aDesk({ broken: { replayEvent } });
    const response = await desk.ask("/api/webhooks/e%2F1/replay", { method: "POST" });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ replayed: true });
    expect(asked).toEqual([["acme", "e/1", { delivered: false }, who]]);
  });

  test.each([
    ["?delivered", { delivered: true }],
    ["?delivered=1&endpoint=crm%20eu", { delivered: true, endpointId: "crm eu" }],
    ["?endpoint=crm", { delivered: false, endpointId: "crm" }],
  ])("with %j replays %j", async (query, choice) => {
    const asked: unknown[] = [];
    const replayEvent = async (...given: unknown[]) => asked.push(given) > 0;
    const desk = await aDesk({ broken: { replayEvent } });
    const response = await desk.ask(`/api/webhooks/e1/replay${query}`, form({ return: "/hooks" }));
    expect(response.status).toBe(303);
    expect(asked).toEqual([["acme", "e1", choice, who]]);
  });

  const replays = { replayEvent: async () => true };

  test("leads a form with 303 to its field return", async () => {
    const desk = await aDesk({ broken: replays });
    const back = form({ return: "/hooks?replayed=1" });
    const response = await desk.ask("/api/webhooks/e1/replay", back);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/hooks?replayed=1");
  });

  test("answers a form without it as everybody", async () => {
    const desk = await aDesk({ broken: replays });
    const response = await desk.ask("/api/webhooks/e1/replay", form({ return: "" }));
    expect(response.status).toBe(200);
  });

  test("delivers nothing for a form that leads to another site", async () => {
    const asked: unknown[] = [];
    const replayEvent = async (...given: unknown[]) => asked.push(given) > 0;
    const desk = await aDesk({ broken: { replayEvent } });
    for (const back of ["//evil.example", "https://evil.example/", "/.//evil.example"]) {
      const response = await desk.ask("/api/webhooks/e1/replay", form({ return: back }));
      expect(response.status).toBe(400);
    }
    expect(asked).toEqual([]);
  });

  // S49
  test("is 404 for an unknown event, one with nothing given up, and another workspace's", async () => {
    const desk = await aDesk();
    await desk.ask(`/r/${await desk.survey("T1")}`, json({ rating: 2 }));
    const [event] = (await desk.csat.listEvents("acme")).items;
    for (const id of ["unknown", "test", event?.id ?? "missing"]) {
      const response = await desk.ask(`/api/webhooks/${id}/replay`, { method: "POST" });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: "not_found" } });
    }
  });

  test("of an id that cannot exist is 400", async () => {
    const desk = await aDesk();
    expect((await desk.ask("/api/webhooks/%00/replay", { method: "POST" })).status).toBe(400);
  });
});

describe("POST /api/webhooks/replay", () => {
  const post = { method: "POST" };

  test("delivers the events of a time again, and tells how many", async () => {
    const asked: unknown[] = [];
    const replayEvents = async (...given: unknown[]) => {
      asked.push(given);
      return 3;
    };
    const desk = await aDesk({ broken: { replayEvents } });
    const window = "from=2026-11-27T09:00:00Z&until=2026-11-27T12:30:00.5%2B01:00";
    const response = await desk.ask(`/api/webhooks/replay?${window}&delivered&endpoint=crm`, post);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ replayed: true, events: 3 });
    const [from, until] = [new Date("2026-11-27T09:00:00Z"), new Date("2026-11-27T11:30:00.500Z")];
    expect(asked).toEqual([["acme", { from, until, delivered: true, endpointId: "crm" }, who]]);
  });

  test.each([
    "",
    "?from=2026-11-27T09:00:00Z",
    "?from=2026-11-27&until=2026-11-28",
    "?from=2026-11-27T09:00&until=2026-11-27T10:00",
    "?from=2026-13-27T09:00:00Z&until=2026-11-27T10:00:00Z",
    "?from=2026-11-27T09:00:00Z&until=2026-11-27T10:00:00Z&endpoint=",
    "?from=0000-01-01T00:00:00Z&until=2026-11-27T10:00:00Z",
  ])("with %j is 400", async (query) => {
    const desk = await aDesk();
    expect((await desk.ask(`/api/webhooks/replay${query}`, post)).status).toBe(400);
  });
});

test("POST /api/webhooks/test tells how each endpoint answered", async () => {
  const results = [{ endpointId: "crm", ok: false, error: "status 500" }];
  const desk = await aDesk({ broken: { sendTestEvent: async () => results } });
  const response = await desk.ask("/api/webhooks/test", { method: "POST" });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual(results);
});

test.each(["/api/webhooks/test", "/api/webhooks/replay", "/api/webhooks/e1/replay"])(
  "GET %s is 405",
  async (path) => {
    const desk = await aDesk();
    const response = await desk.ask(path);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
  },
);
