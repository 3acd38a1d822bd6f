import { describe, expect, test } from "vitest";
import { aDesk, browser, form, json } from "./a-desk.ts";

const escaped = (text: string) =>
  text.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** A comment in each spelling that HTTP knows, the shortest and the longest of each kind. */
const spellings: readonly (readonly [string, (comment: string) => RequestInit])[] = [
  ["JSON", (comment) => json({ rating: 5, comment })],
  ["JSON, every character escaped", (comment) => json(`{"rating":5,"comment":"${escaped(comment)}"}`)],
  ["a form, percent-encoded", (comment) => form({ rating: "5", comment })],
  [
    "a multipart form",
    (comment) => {
      const body = new FormData();
      body.append("rating", "5");
      body.append("comment", comment);
      return { method: "POST", body, headers: browser };
    },
  ],
];

describe.each([1, 2_000, 5_461, 10_000])("a comment of %i characters, the most that is set", (limit) => {
  // S28
  test.each(
    spellings.flatMap(([name, request]) =>
      ["x", "é", "日", "🎉", '"', "\n"].map((character) => [name, character, request] as const),
    ),
  )("is stored as %s: %j", async (_name, character, request) => {
    const desk = await aDesk({ maxCommentLength: limit });
    const comment = limit === 1 ? character : `a${character.repeat(limit - 2)}z`;
    const response = await desk.ask(`/r/${await desk.survey("T1")}`, request(comment));
    expect(response.status).toBe(201);
    const panel = await desk.csat.getTicketPanel({ workspaceId: "acme", ticketId: "T1" });
    // One that is blank counts as none.
    expect(panel).toMatchObject({ response: { comment: comment.trim() === "" ? null : comment } });
  });

  // S28
  test("one character more is 400 at its field, not too large", async () => {
    const desk = await aDesk({ maxCommentLength: limit });
    const comment = "🎉".repeat(limit + 1);
    const response = await desk.ask(
      `/r/${await desk.survey("T1")}`,
      json(`{"rating":5,"comment":"${escaped(comment)}"}`),
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { issues: [{ path: "comment" }] } });
  });
});

test("what no comment of that length can need is 413", async () => {
  const desk = await aDesk({ maxCommentLength: 10_000 });
  const response = await desk.ask(
    `/r/${await desk.survey("T1")}`,
    json("x".repeat(10_000 * 12 + 4 * 1024 + 1)),
  );
  expect(response.status).toBe(413);
});

test("the longest texts of the settings are saved, however they are written", async () => {
  const desk = await aDesk();
  const [subject, bodyIntro] = ["🎉".repeat(200), "🎉".repeat(5_000)];
  const body = `{"subject":"${escaped(subject)}","bodyIntro":"${escaped(bodyIntro)}"}`;
  expect((await desk.ask("/api/settings", { ...json(body), method: "PUT" })).status).toBe(200);
  expect(await desk.csat.getSettings("acme")).toMatchObject({ subject, bodyIntro });
});
