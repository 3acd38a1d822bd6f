import { describe, expect, test } from "vitest";
import { aDesk, base, browser, form, json } from "./a-desk.ts";

describe("answering as a program", () => {
  test("201 with what was stored, and no ids", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    const response = await desk.ask(`/r/${token}`, json({ rating: 4, comment: "  as written \n" }));
    expect(response.status).toBe(201);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await response.json()).toEqual({
      rating: 4,
      comment: "  as written \n",
      respondedAt: desk.clock.now().toISOString(),
    });
    expect(await desk.csat.getTicketPanel({ workspaceId: "acme", ticketId: "T1" })).toMatchObject({
      state: "answered",
      response: { rating: 4, comment: "  as written \n" },
    });
  });

  // S23
  test("the body decides, never the query", async () => {
    const desk = await aDesk();
    const response = await desk.ask(`/r/${await desk.survey("T1")}?rating=5&comment=q`, json({ rating: 1 }));
    expect(await response.json()).toMatchObject({ rating: 1, comment: null });
  });

  // S23
  test("a rating in the query alone is no rating", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    expect((await desk.ask(`/r/${token}?rating=5`, json({}))).status).toBe(400);
    expect((await desk.ask(`/r/${token}?rating=5`, form({}))).status).toBe(400);
    expect((await desk.ask(`/r/${token}?rating=5`, { method: "POST" })).status).toBe(400);
  });

  // S25
  test("409 as JSON even for the same answer again, and the first stands", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    await desk.ask(`/r/${token}`, json({ rating: 4, comment: "same" }));
    const before = await desk.stored("T1");
    for (const body of [{ rating: 4, comment: "same" }, { rating: 1 }]) {
      const again = await desk.ask(`/r/${token}`, json(body));
      expect(again.status).toBe(409);
      expect(await again.json()).toEqual({
        error: {
          code: "already_responded",
          message: "This survey was answered before. The first answer stands.",
        },
      });
    }
    expect(await desk.stored("T1")).toEqual(before);
  });

  // S24
  test("of 50 answers at once one is 201, the others are 409, and the stored one is the winner's", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    const responses = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        desk.ask(`/r/${token}`, json({ rating: (index % 5) + 1, comment: `${index}` })),
      ),
    );
    const winners = responses.filter(({ status }) => status === 201);
    expect(winners).toHaveLength(1);
    expect(responses.filter(({ status }) => status === 409)).toHaveLength(49);
    const won = await winners[0]?.json();
    expect(await desk.csat.getTicketPanel({ workspaceId: "acme", ticketId: "T1" })).toMatchObject({
      response: { rating: won.rating, comment: won.comment },
    });
    expect((await desk.csat.listEvents("acme")).items).toHaveLength(1);
  });
});

describe("the order of answers", () => {
  // S26
  test("a bad body is 400 before and after the answer, and does not use up the link", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    expect((await desk.ask(`/r/${token}`, json({ rating: 6 }))).status).toBe(400);
    expect((await desk.ask(`/r/${token}`, json("nonsense"))).status).toBe(400);
    expect((await desk.ask(`/r/${token}`, json({ rating: 5 }))).status).toBe(201);
    expect((await desk.ask(`/r/${token}`, json({ rating: 6 }))).status).toBe(400);
    expect((await desk.ask(`/r/${token}`, json("nonsense"))).status).toBe(400);
    expect((await desk.ask(`/r/${token}`, json({ rating: 5 }))).status).toBe(409);
  });

  // S26
  test("an unknown link is 404 whatever the body: bad, too large, of no known type, or none", async () => {
    const desk = await aDesk();
    const bodies: readonly RequestInit[] = [
      json("nonsense"),
      json({ rating: 6 }),
      json("9".repeat(70_000)),
      { method: "POST", body: "rating=5", headers: { "content-type": "text/plain" } },
      { method: "POST" },
    ];
    for (const body of bodies) expect((await desk.ask(`/r/${"a".repeat(26)}`, body)).status).toBe(404);
  });
});

describe("answering in a browser", () => {
  test("201 with the rating and the comment as it was written, as text", async () => {
    const desk = await aDesk();
    const response = await desk.ask(
      `/r/${await desk.survey("T1")}?rating=1`,
      form({ rating: "4", comment: "a <b> & 🎉" }),
    );
    const html = await response.text();
    expect(response.status).toBe(201);
    expect(html).toContain("Thank you. Your rating: 4 of 5.");
    expect(html).toContain("a &lt;b&gt; &amp; 🎉</blockquote>");
    expect(html).not.toContain("<form");
  });

  // S22
  test("it works without cookie, with the Origin null that no-referrer makes, and from a mail program's frame", async () => {
    const desk = await aDesk();
    const request = form({ rating: "3" });
    const headers = {
      ...browser,
      "content-type": "application/x-www-form-urlencoded",
      origin: "null",
      "sec-fetch-site": "cross-site",
    };
    expect((await desk.ask(`/r/${await desk.survey("T1")}`, { ...request, headers })).status).toBe(201);
  });

  test("a multipart form counts as well", async () => {
    const desk = await aDesk();
    const body = new FormData();
    body.set("rating", "5");
    body.set("comment", "multi\npart");
    const response = await desk.ask(`/r/${await desk.survey("T1")}`, {
      method: "POST",
      body,
      headers: { accept: "application/json" },
    });
    expect(await response.json()).toMatchObject({ rating: 5, comment: "multi\npart" });
  });

  // S25
  test("the second answer gets a friendly page with 409", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    await desk.ask(`/r/${token}`, form({ rating: "4" }));
    const response = await desk.ask(`/r/${token}`, form({ rating: "4" }));
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("Your rating is already recorded.");
  });

  test("the form goes to the page's own address, wherever that is mounted", async () => {
    const desk = await aDesk();
    const html = await (await desk.ask(`/r/${await desk.survey("T1")}?rating=2`)).text();
    const action = html.match(/<form method="post" action="([^"]*)"/)?.[1] ?? "missing";
    const page = "https://proxy.example/deep/prefix/r/token?rating=2";
    expect(new URL(action, page).pathname).toBe("/deep/prefix/r/token");
    expect(base).toContain("/csat");
  });
});

test.each([
  ["JSON, any Accept", json({ rating: 5 }), "application/json"],
  ["JSON from a browser's fetch that wants HTML", json({ rating: 5 }, browser), "text/html"],
  ["a form", form({ rating: "5" }), "text/html"],
  ["a form without Accept", { method: "POST", body: new URLSearchParams({ rating: "5" }) }, "text/html"],
  [
    "a form that asks for JSON",
    {
      method: "POST",
      body: new URLSearchParams({ rating: "5" }),
      headers: { accept: "application/json, */*;q=0.1" },
    },
    "application/json",
  ],
])("%s is answered in kind", async (_, request, type) => {
  const desk = await aDesk();
  const response = await desk.ask(`/r/${await desk.survey("T1")}`, request);
  expect(response.status).toBe(201);
  expect(response.headers.get("content-type")).toContain(type);
});
