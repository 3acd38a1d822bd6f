import type { TicketPanel } from "@csat/core";
import { describe, expect, test } from "vitest";
import { wordsOf } from "../dashboard/a-dashboard.ts";
import { anAnswer, anEntry, drawPanel } from "./a-panel.ts";

const at = (time: string) => new Date(`2026-${time}Z`);

/** What stands there before "Why?" is opened. */
async function seen(panel: TicketPanel): Promise<string> {
  const html = await drawPanel(panel, [anEntry()]);
  return wordsOf(html.slice(0, html.indexOf("<details")));
}

describe("the panel of a ticket", () => {
  test("without a survey shows nothing but the way to the reasons", async () => {
    expect(await seen({ state: "none" })).toBe("Customer satisfaction");
    expect(await drawPanel({ state: "none" })).toContain("<summary>Why?");
  });

  test.each([
    ["11-30T15:00:20", "in a moment"],
    ["11-30T14:00:00", "in a moment"],
    ["11-30T15:59:00", "in 59 min"],
    ["12-01T14:00:00", "in 23 h"],
    ["12-02T14:00:00", "in 47 h"],
    ["12-03T15:00:00", "in 3 days"],
  ])("says when a survey that is due at %s goes out: %s", async (time, wait) => {
    expect(await seen({ state: "scheduled", dueAt: at(time) })).toContain(`Survey goes out ${wait}`);
  });

  test("gives the time of a survey to come", async () => {
    const words = await seen({ state: "scheduled", dueAt: at("12-01T14:00:00") });
    expect(words).toContain("1 Dec 2026, 14:00 UTC");
  });

  // S50
  test("says that a survey was sent and is waited for, and when", async () => {
    const words = await seen({ state: "awaiting", sentAt: at("11-29T09:30:00") });
    expect(words).toBe("Customer satisfaction CSAT survey sent – awaiting response 29 Nov 2026, 09:30 UTC");
  });

  // S75
  test("says that the links of a survey ended without an answer, and when", async () => {
    const [sentAt, linksEndedAt] = [at("11-20T09:30:00"), at("11-27T09:30:00")];
    const words = await seen({ state: "awaiting", sentAt, channel: "web_chat", linksEndedAt });
    expect(words).toBe(
      "Customer satisfaction CSAT survey sent – its links ended without an answer 27 Nov 2026, 09:30 UTC",
    );
  });

  // S80, S82
  test("names the channel of a survey and of an answer that was no mail's", async () => {
    const awaiting = await seen({ state: "awaiting", sentAt: at("11-29T09:30:00"), channel: "web_chat" });
    expect(awaiting).toContain("CSAT survey sent by web chat – awaiting response");
    const answered = { ...anAnswer({ rating: 4 }), channel: "<b>phone" } as TicketPanel; // Its own state, and one field more.
    expect(await seen(answered)).toMatch(/CSAT 4\/5 30 Nov 2026, 14:05 UTC by &lt;b&gt;phone$|by <b>phone$/);
    expect(await drawPanel(answered)).not.toContain("<b>");
  });

  test("says that a survey could not be sent, and since when", async () => {
    const words = await seen({ state: "failed", since: at("11-29T09:30:00") });
    expect(words).toMatch(/Survey could not be sent.*29 Nov 2026, 09:30 UTC$/);
  });

  // S73
  test("says that a survey whose mail came back could not be delivered", async () => {
    const words = await seen({ state: "failed", since: at("11-29T09:30:00"), reason: "bounced" });
    expect(words).toMatch(/Survey could not be delivered.*29 Nov 2026, 09:30 UTC$/);
  });

  // S50
  test.each([1, 2, 3, 4, 5] as const)(
    "shows a rating of %i as number and dots, and its date",
    async (rating) => {
      const html = await drawPanel(anAnswer({ rating }));
      expect(wordsOf(html)).toMatch(new RegExp(`CSAT ${rating}/5 30 Nov 2026, 14:05 UTC`));
      expect(html.match(/<circle /g)).toHaveLength(5);
      expect(html.split(`class="fill-${rating}"`)).toHaveLength(rating + 1);
    },
  );

  test("shows the whole comment, line ends and all", async () => {
    const comment = `First line\n  second ${"😡".repeat(2000)}`;
    expect(await drawPanel(anAnswer({ comment }))).toContain(`dir="auto">${comment}</blockquote>`);
  });
});

describe("texts of other people", () => {
  const hostile = ["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "' onmouseover='alert(1)"];

  test.each(hostile)("are never code in the panel: %s", async (text) => {
    const draw = (word: string) =>
      drawPanel(anAnswer({ comment: word }), [
        anEntry({ event: "resolved", actorId: word }),
        anEntry({ event: "mail_failed", reason: word }),
        anEntry({ event: "skipped", reason: word }),
      ]);
    const html = await draw(text);
    const tags = (drawn: string) => drawn.match(/<[^>]*>/g);
    expect(tags(html)).toEqual(tags(await draw("x")));
    expect(wordsOf(html).split(text)).toHaveLength(5);
  });

  test("keep their direction to themselves", async () => {
    const turned = "\u202Egnp.exe";
    const html = await drawPanel(anAnswer({ comment: turned }), [
      anEntry({ event: "resolved", actorId: turned }),
      anEntry({ event: "mail_failed", reason: turned }),
      anEntry({ event: "skipped", reason: turned }),
    ]);
    const held = html.match(/<bdi>\u202Egnp\.exe<\/bdi>|dir="auto">\u202Egnp\.exe<\/blockquote>/g);
    expect(held).toHaveLength(4);
    expect(html.match(/\u202E/g)).toHaveLength(4);
  });
});
