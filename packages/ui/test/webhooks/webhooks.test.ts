import type { Delivery, OutboxEvent } from "@csat/core";
import { describe, expect, test } from "vitest";
import { csatViews } from "../../src/index.ts";
import { linksOf, wordsOf } from "../dashboard/a-dashboard.ts";

const views = csatViews({
  basePath: "/csat",
  now: () => new Date("2026-11-30T15:00:00Z"),
  locale: () => "en-GB",
  ticketUrl: (ticketId) => (ticketId === "code" ? "javascript:alert(1)" : `/tickets/${ticketId}`),
});

function aDelivery(changes: Partial<Delivery> = {}): Delivery {
  return { endpointId: "crm", state: "delivered", attempts: 1, retryAt: null, lastError: null, ...changes };
}

function anEvent(
  deliveries: readonly Delivery[],
  { id = "e/1", ticketId = "T1" }: { readonly id?: string; readonly ticketId?: string } = {},
): OutboxEvent {
  const createdAt = new Date("2026-11-30T13:00:00Z");
  const answer = { ticketId, rating: 2, comment: "secret", respondedAt: createdAt.toISOString() } as const;
  return { id, workspaceId: "acme", type: "ticket.csat_received", createdAt, data: answer, deliveries };
}

async function draw(
  items: readonly OutboxEvent[],
  query = "",
  nextCursor: string | null = null,
): Promise<string> {
  const request = new Request(`https://desk.example/csat/api/webhooks${query}`);
  return await views.draw("webhooks", { items, nextCursor }, request);
}

describe("webhook deliveries", () => {
  test.each<[string, Partial<Delivery>]>([
    ["crm delivered 1 attempt", {}],
    ["crm due", { state: "pending", attempts: 0 }],
    [
      "crm again in 4 min 2 attempts Last answer: HTTP 503",
      { state: "pending", attempts: 2, lastError: "HTTP 503", retryAt: new Date("2026-11-30T15:04:00Z") },
    ],
    [
      "crm due 1 attempt Last answer: HTTP 503",
      { state: "pending", lastError: "HTTP 503", retryAt: new Date("2026-11-30T14:59:00Z") },
    ],
    [
      "crm given up 6 attempts Last answer: HTTP 500",
      { state: "gave_up", attempts: 6, lastError: "HTTP 500" },
    ],
    ["crm delivered 3 attempts", { attempts: 3, lastError: "HTTP 500" }],
  ])("say how an endpoint fares: %s", async (words, delivery) => {
    const html = await draw([anEvent([aDelivery(delivery)])]);
    expect(wordsOf(html.replaceAll('<p class="small', ' <p class="small'))).toContain(words);
  });

  test("stand in the order given, each with its rating, ticket, age and id, and without the comment", async () => {
    const html = await draw([anEvent([]), anEvent([], { id: "e2", ticketId: "T2" })]);
    expect(wordsOf(html)).toMatch(
      /CSAT 2\/5 ticket T1 2 hours ago e\/1 Not handed to any endpoint yet CSAT 2\/5 ticket T2 2 hours ago e2/,
    );
    expect(linksOf(html)).toContain("/tickets/T1");
    expect(html).not.toContain("secret");
  });

  test("link no address that could be code", async () => {
    expect(await draw([anEvent([], { ticketId: "code" })])).not.toContain("javascript:");
  });

  test("can be sent again where one was given up, by a form that leads back", async () => {
    const gaveUp = [aDelivery(), aDelivery({ endpointId: "billing", state: "gave_up" })];
    const html = await draw([anEvent(gaveUp)], "?dead");
    expect(html).toContain('<form method="post" action="/csat/api/webhooks/e%2F1/replay">');
    expect(html).toContain('name="return" value="/csat/api/webhooks?dead&amp;replayed=1"');
    expect(html).toContain('aria-label="Replay the event of ticket T1">Replay</button>');
    expect(await draw([], "?dead&replayed=1")).toContain('role="status">The event is on its way again.');
  });

  test("can be sent again where all was delivered, and say when that was done", async () => {
    const html = await draw([anEvent([aDelivery({ replayedAt: new Date("2026-11-30T14:57:00Z") })])]);
    expect(html).toContain('<form method="post" action="/csat/api/webhooks/e%2F1/replay?delivered">');
    expect(wordsOf(html)).toContain("crm delivered 1 attempt sent again 3 minutes ago");
    expect(html).toContain('aria-label="Send again the event of ticket T1">Send again</button>');
    const pending = aDelivery({ state: "pending", attempts: 0 });
    expect(await draw([anEvent([pending])])).not.toContain("/replay");
  });

  test.each([
    ["", "All"],
    ["?dead", "Given up"],
    ["?dead=0", "All"],
  ])("asked for by %j are marked as %s", async (query, label) => {
    const html = await draw([], query);
    expect(wordsOf(html.match(/<a [^>]*aria-current="true">.*?<\/a>/)?.[0] ?? "")).toBe(label);
  });

  test("are paged by the cursor, with the filter and the host's own parameters kept", async () => {
    const html = await draw([anEvent([])], "?tab=hooks&dead&cursor=here", "on&on");
    expect(linksOf(html).slice(-2)).toEqual([
      "/csat/api/webhooks?tab=hooks&dead",
      "/csat/api/webhooks?tab=hooks&dead&cursor=on%26on",
    ]);
    expect(await draw([anEvent([])])).not.toContain('aria-label="Pages"');
  });

  test.each([
    ["", "No events yet"],
    ["?dead", "Nothing was given up"],
    ["?cursor=x", "No further events"],
  ])("without any at %j say so", async (query, words) => {
    expect(wordsOf(await draw([], query))).toContain(words);
  });
});

test.each([
  [{ replayed: true }, "The event is on its way again"],
  [{ replayed: true, events: 1 }, "The event is on its way again"],
  [{ replayed: true, events: 1200 }, "1,200 events are on their way again"],
  [{ replayed: true, events: 0 }, "Nothing in that time was there to be sent again."],
])("a replay tells how many events it made due: %j", async (data, words) => {
  const request = new Request("https://desk.example/csat/api/webhooks/replay", { method: "POST" });
  expect(wordsOf(await views.draw("webhook-replayed", data, request))).toContain(words);
});

describe("a test event", () => {
  const tested = (data: unknown) =>
    views.draw(
      "webhook-tested",
      data,
      new Request("https://desk.example/csat/api/webhooks/test", { method: "POST" }),
    );
  const taken = { endpointId: "crm", ok: true, error: null };
  const refused = { endpointId: "billing", ok: false, error: "HTTP 500" };

  test.each([
    [[taken], "The endpoint took the event."],
    [[taken, taken], "All endpoints took the event."],
    [[taken, refused], "Some endpoints did not take the event."],
    [[refused], "No endpoint took the event."],
    [[], "This workspace has no endpoint, so nobody was told."],
  ])("tells in one sentence how it went: %#", async (results, sentence) => {
    expect(wordsOf(await tested(results))).toContain(sentence);
  });

  test("tells it endpoint by endpoint, and leads back", async () => {
    const html = await tested([taken, refused]);
    expect(wordsOf(html)).toContain("crm took it billing did not take it");
    expect(wordsOf(html)).toContain("Its answer: HTTP 500");
    expect(linksOf(html)).toEqual(["/csat/api/webhooks"]);
    expect(html).toContain('<form method="post" action="/csat/api/webhooks/test">');
  });
});

test("a replay without a way back is confirmed, and leads to the deliveries", async () => {
  const request = new Request("https://desk.example/csat/api/webhooks/e1/replay", { method: "POST" });
  const html = await views.draw("webhook-replayed", { replayed: true }, request);
  expect(wordsOf(html)).toContain("The event is on its way again");
  expect(linksOf(html)).toEqual(["/csat/api/webhooks"]);
});

describe("texts of other people", () => {
  const everywhere = (text: string) =>
    draw([
      anEvent([aDelivery({ endpointId: text, state: "gave_up", lastError: text })], {
        id: text,
        ticketId: text,
      }),
    ]);

  test.each(["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "' onmouseover='alert(1)"])(
    "are never code: %s",
    async (text) => {
      const tags = (drawn: string) => drawn.replaceAll(/"[^"]*"/g, '""').match(/<[^>]*>/g);
      expect(tags(await everywhere(text))).toEqual(tags(await everywhere("x")));
    },
  );

  test("keep their direction to themselves", async () => {
    const html = await everywhere("\u202Egnp.exe");
    const loose = html.replaceAll(/<bdi>\u202Egnp\.exe<\/bdi>/g, "").replaceAll(/="[^"]*"/g, "");
    expect(loose).not.toContain("\u202E");
  });
});
