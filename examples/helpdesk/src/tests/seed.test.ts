import { createTestMysql } from "@csat-internal/test-support";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import type { Seeded } from "../seed/seeded.ts";
import { aHelpdesk, type HelpdeskClient } from "./a-helpdesk.ts";

const order = { tickets: 300, days: 30, seed: 7 };

type Helpdesk = Awaited<ReturnType<typeof aHelpdesk>>;

function seed(helpdesk: HelpdeskClient, body: unknown, user = "olivia") {
  return helpdesk.call("/api/seed", { body, user });
}

interface Listed {
  readonly items: readonly {
    readonly ticketId: string;
    readonly rating: number;
    readonly comment: string | null;
    readonly respondedAt: string;
  }[];
}

/** The newest answers, as times before the newest of them. */
async function newestAnswers(helpdesk: HelpdeskClient) {
  const { text } = await helpdesk.call("/csat/api/analytics/responses?days=90");
  const { items }: Listed = JSON.parse(text);
  const newest = Date.parse(items[0]?.respondedAt ?? "");
  return items.map(({ ticketId, rating, comment, respondedAt }) => ({
    ticketId,
    rating,
    comment,
    agoMs: newest - Date.parse(respondedAt),
  }));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

describe("a seeded helpdesk", () => {
  let helpdesk: Helpdesk;
  let made: Seeded;
  beforeAll(async () => {
    helpdesk = await aHelpdesk();
    made = JSON.parse((await seed(helpdesk, order)).text);
  });
  afterAll(() => helpdesk.close());

  test("shows in its analytics what the seed says that it made", async () => {
    // S38, S41, S44, S47
    const { json: metrics, text } = await helpdesk.call("/csat/api/analytics?days=30");
    expect(metrics.current).toMatchObject({
      sent: made.sent,
      responses: made.responses,
      distribution: made.ratings,
    });
    expect(metrics.previous).toMatchObject({ sent: 0, responses: 0, averageRating: null });
    expect(metrics.cohort).toMatchObject({ sent: made.sent, answered: made.responses });
    const { daily, byResolver }: Groups = JSON.parse(text);
    expect(daily).toHaveLength(30);
    expect(sumOf(daily.map(({ sent }) => sent))).toBe(made.sent);
    expect(sumOf(daily.map(({ responses }) => responses))).toBe(made.responses);
    expect(sumOf(byResolver.map(({ responses }) => responses))).toBe(made.responses);
    expect(byResolver).toContainEqual(expect.objectContaining({ actorId: "bob", name: "Bob Tanaka" }));
  });

  test("looks like a real one", async () => {
    expect(made).toMatchObject({ ...order, firstTicketId: "T-5", lastTicketId: "T-304", repeated: false });
    const rate = made.responses / made.sent;
    expect(rate).toBeGreaterThan(0.2);
    expect(rate).toBeLessThan(0.35);
    expect(made.ratings[4] + made.ratings[5]).toBeGreaterThan(0.7 * made.responses);
    const { json: ticket } = await helpdesk.call("/api/tickets/T-100");
    expect(ticket).toMatchObject({ id: "T-100", customer: { name: expect.stringMatching(/\w+ \w+/u) } });
    expect((await helpdesk.journal("T-100")).slice(0, 2)).toEqual(["resolved", "scheduled"]);
  });

  test("has mailed nobody, raised no events, and leaves nothing to send", async () => {
    // S52
    expect((await helpdesk.call("/api/inbox")).text).toBe("[]");
    expect((await helpdesk.call("/csat/api/webhooks")).json.items).toEqual([]);
    await helpdesk.advance({ days: 4 });
    expect((await helpdesk.call("/api/inbox")).text).toBe("[]");
  });

  test("made the same as any other would of the same order, and makes it once", async () => {
    const other = await aHelpdesk();
    const elsewhere = await seed(other, order);
    expect(elsewhere.status).toBe(201);
    expect(elsewhere.json).toEqual(made);
    expect(await newestAnswers(other)).toEqual(await newestAnswers(helpdesk));
    await other.close();

    const again = await seed(helpdesk, order);
    expect(again.status).toBe(200);
    expect(again.json).toEqual({ ...made, repeated: true });
    expect((await helpdesk.call("/api/tickets/T-305")).status).toBe(404);
    expect((await seed(helpdesk, { ...order, tickets: 1, seed: 8 })).json).toMatchObject({
      firstTicketId: "T-305",
      lastTicketId: "T-305",
    });
  });
});

test("on MySQL an order makes what it makes on Postgres", async () => {
  // S41
  const small = { tickets: 60, days: 10, seed: 7 };
  const mysql = await createTestMysql(inject("mysqlUrl"));
  const both = [
    await aHelpdesk(),
    await aHelpdesk({ database: { kind: "server", url: mysql.url } }),
  ] as const;
  onTestFinished(async () => {
    for (const helpdesk of both) await helpdesk.close();
    await mysql.drop();
  });
  const made = await Promise.all(both.map(async (helpdesk) => (await seed(helpdesk, small)).json));
  expect(made[1]).toEqual(made[0]);
  expect(made[1]?.sent).toBeGreaterThan(30);
  expect(await newestAnswers(both[1])).toEqual(await newestAnswers(both[0]));
});

describe("seeding is refused", () => {
  let helpdesk: Helpdesk;
  beforeAll(async () => {
    helpdesk = await aHelpdesk();
  });
  afterAll(() => helpdesk.close());

  test.each([
    [{}, "tickets"],
    [{ ...order, tickets: 0 }, "tickets"],
    [{ ...order, tickets: 10_001 }, "tickets"],
    [{ ...order, tickets: 1.5 }, "tickets"],
    [{ ...order, days: 0 }, "days"],
    [{ ...order, days: 367 }, "days"],
    [{ ...order, seed: -1 }, "seed"],
    [{ ...order, seed: "7" }, "seed"],
  ])("with %j, naming %s", async (body, field) => {
    const { status, json } = await seed(helpdesk, body);
    expect(status).toBe(400);
    expect(json.error?.message).toContain(field);
  });

  test("to operators", async () => {
    // S51
    expect((await seed(helpdesk, order, "bob")).status).toBe(403);
  });

  test("while surveys are off, with what to do", async () => {
    const { status, json } = await seed(helpdesk, order, "zoe");
    expect(status).toBe(409);
    expect(json.error?.code).toBe("csat_disabled");
  });
});

interface Groups {
  readonly daily: readonly { readonly sent: number; readonly responses: number }[];
  readonly byResolver: readonly { readonly responses: number }[];
}
