import type { LowRatingCard, Metrics } from "@csat/core";
import { describe, expect, test } from "vitest";
import { responsesView } from "../../src/dashboard/responses-view.ts";
import { toText } from "../../src/html.ts";
import {
  aContext,
  aLowRating,
  anOperator,
  draw,
  linksOf,
  sectionOf,
  someMetrics,
  wordsOf,
} from "./a-dashboard.ts";

const followUp = "<h2>Follow up";
const page = (...items: readonly LowRatingCard[]) => ({ items, nextCursor: null });

describe("texts of other people", () => {
  const hostile = [
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>",
    "</style>{{name}}<%= 1 %>",
  ];

  test.each(hostile)("are never code: %s", async (text) => {
    const metrics: Metrics = someMetrics({ byResolver: [anOperator({ actorId: text, name: text })] });
    const assignee = { id: text, name: text };
    const card = aLowRating({ subject: text, assignee }, { comment: text });
    const gone = aLowRating({ subject: null, url: null }, { ticketId: text });
    const query = `?resolver=${encodeURIComponent(text)}`;
    const html = await draw(metrics, { query, lowRatings: page(card, gone) });
    const harmless = await draw(someMetrics({ byResolver: [anOperator({ actorId: "x", name: "x" })] }), {
      query: "?resolver=x",
      lowRatings: page(aLowRating({ subject: "x" }, { comment: "x" }), gone),
    });
    const tags = (drawn: string) => drawn.replaceAll(/"[^"]*"/g, '""').match(/<[^>]*>/g);
    expect(tags(html)).toEqual(tags(harmless));
    const said = wordsOf(sectionOf(html, followUp));
    expect(said.split(text.replace(/\s+/g, " "))).toHaveLength(5);
  });

  test("keep their direction to themselves", async () => {
    const turned = "\u202Egnp.exe";
    const name = anOperator({ name: turned });
    const card = aLowRating({ subject: turned, assignee: { id: "c", name: turned } }, { comment: turned });
    const html = await draw(someMetrics({ byResolver: [name] }), {
      query: "?resolver=ann",
      resolverName: turned,
      lowRatings: page(card),
    });
    const held = html.match(/<bdi>\u202Egnp\.exe<\/bdi>|dir="auto">\u202Egnp\.exe<\/blockquote>/g);
    expect(held).toHaveLength(5);
    expect(html.match(/\u202E/g)).toHaveLength(5);
  });

  test.each([
    ["2,000 emoji", "😡".repeat(2000)],
    ["a name of 300 letters", "W".repeat(300)],
    ["lines and spaces", "first\n\n  second"],
  ])("stand in full: %s", async (_, text) => {
    const card = aLowRating({ assignee: { id: "c", name: text } }, { comment: text });
    const html = await draw(someMetrics(), { lowRatings: page(card) });
    expect(html).toContain(`<blockquote class="comment" dir="auto">${text}</blockquote>`);
    expect(html).toContain(`assigned to <bdi>${text}</bdi>`);
  });

  test.each(["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", "http://["])(
    "are no link when they are no address of a page: %s",
    async (url) => {
      const section = sectionOf(
        await draw(someMetrics(), { lowRatings: page(aLowRating({ url })) }),
        followUp,
      );
      expect(linksOf(section)).toEqual(["/csat/api/analytics/low-ratings"]);
      expect(wordsOf(section)).toContain("Printer on fire");
    },
  );
});

describe("answers to follow up", () => {
  // S48
  test("show rating, comment, ticket, who has it now, and when", async () => {
    const section = sectionOf(await draw(someMetrics(), { lowRatings: page(aLowRating()) }), followUp);
    expect(wordsOf(section)).toMatch(
      /Rated 1\/5 Still broken\.\s*Printer on fire → assigned to Carol 2 hours ago/,
    );
    expect(linksOf(section)).toContain("/tickets/T1");
    expect(section).toContain(
      '<time datetime="2026-11-30T13:00:00.000Z" title="Nov 30, 2026, 01:00 PM UTC">',
    );
  });

  // S48
  test("stand without what is not known of them", async () => {
    const open = aLowRating({ assignee: null }, { comment: null });
    const gone = aLowRating({ subject: null, url: null, assignee: null }, { ticketId: "T9" });
    const words = wordsOf(sectionOf(await draw(someMetrics(), { lowRatings: page(open, gone) }), followUp));
    expect(words).toMatch(/No comment\s*Printer on fire → assigned to nobody/);
    expect(words).toMatch(/ticket T9 2 hours ago/);
  });

  // S48
  test("name a ticket without a subject by its id", async () => {
    const section = sectionOf(
      await draw(someMetrics(), { lowRatings: page(aLowRating({ subject: "" })) }),
      followUp,
    );
    expect(wordsOf(section)).toContain("ticket T1 → assigned to Carol");
  });

  test("lead to all of them, by the same days and filter", async () => {
    const lowRatings = { items: [aLowRating()], nextCursor: "more" };
    const section = sectionOf(
      await draw(someMetrics(), { query: "?days=7&resolver=ann", lowRatings }),
      followUp,
    );
    expect(linksOf(section)[0]).toBe("/csat/api/analytics/low-ratings?days=7&resolver=ann");
    expect(wordsOf(section)).toContain("Show all of them");
  });

  test("are said to be none", async () => {
    expect(wordsOf(sectionOf(await draw(someMetrics()), followUp))).toContain("Nobody gave a 1 or 2");
  });

  test("in a list of responses name who resolved first", async () => {
    const { response } = aLowRating();
    const row = { ...response, sentAt: response.respondedAt, excluded: false, slices: [] };
    const items = [
      { ...row, resolvedBy: "<b>", resolvedByName: null },
      { ...row, resolvedBy: "ann", resolvedByName: "Ann <Lee>" },
      { ...row, resolvedBy: null, resolvedByName: null },
    ];
    const data = { items, nextCursor: null, resolverName: null };
    const html = await toText(responsesView(data, aContext("analytics/responses")));
    expect(wordsOf(html)).toMatch(
      /T1 resolved by <b> 2 hours ago.*T1 resolved by Ann <Lee> 2 hours ago.*T1 unattributed 2 hours ago/,
    );
  });
});
